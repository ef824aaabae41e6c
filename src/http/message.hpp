// SPDX-License-Identifier: MIT
// Requests and responses as plain values.
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

// Adds those whose name is not among `to`, ignoring case.
void add_missing(Headers& to, const Headers& from);

struct Request {
  std::string method;                                     // GET or HEAD; the server rejects others
  std::string path;                                       // decoded, without the query
  std::map<std::string, std::string, std::less<>> query;  // decoded; the first value of each name
  Headers headers;
  Peer peer;

  // Returns the first header of that name, ignoring case, or "".
  [[nodiscard]] std::string_view header(std::string_view name) const;
};

enum class Compression { never, for_remote_clients };

struct Response {
  int status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::shared_ptr<const std::string> body;  // null: empty. Sent without a copy.
  Headers headers = {};                     // additional ones; Cache-Control defaults to no-store
  Compression compression = Compression::for_remote_clients;
};

[[nodiscard]] Response text_response(int status, std::string text);
}  // namespace checklist::http
