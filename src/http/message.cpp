// SPDX-License-Identifier: MIT
#include "http/message.hpp"

#include <algorithm>

#include "http/conditions.hpp"

namespace checklist::http {
void add_missing(Headers& to, const Headers& from) {
  for (const auto& header : from) {
    if (std::none_of(to.begin(), to.end(), [&header](const auto& present) {
          return equals_ignoring_case(present.first, header.first);
        })) {
      to.push_back(header);
    }
  }
}

std::string_view Request::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (equals_ignoring_case(key, name)) {
      return value;
    }
  }
  return {};
}

Response text_response(int status, std::string text) {
  return {.status = status, .body = std::make_shared<const std::string>(std::move(text))};
}
}  // namespace checklist::http
