// SPDX-License-Identifier: MIT
// A request and its response, as plain values.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/peer.hpp"

namespace checklist::http {
using Headers = std::vector<std::pair<std::string, std::string>>;

struct Request {
  std::string method;  // GET or HEAD: nothing else reaches a handler
  std::string path;    // decoded, without the query
  std::map<std::string, std::string, std::less<>> query;  // decoded; the first of a name
  Headers headers;
  Peer peer;

  // The first header of that name, whatever its case; empty when there is none.
  [[nodiscard]] std::string_view header(std::string_view name) const;
};

enum class Compression { never, for_remote_clients };

struct Response {
  int status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::shared_ptr<const std::string> body;  // null: empty. Sent as it is, without a copy.
  Headers headers = {};                     // besides; `Cache-Control: no-store` unless one is here
  Compression compression = Compression::for_remote_clients;
};

[[nodiscard]] Response text_response(int status, std::string text);
}  // namespace checklist::http
