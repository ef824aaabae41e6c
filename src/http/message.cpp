// SPDX-License-Identifier: MIT
#include "http/message.hpp"

#include "http/conditions.hpp"

namespace checklist::http {
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
