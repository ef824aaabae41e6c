// SPDX-License-Identifier: MIT
// A value in an untrusted JSON text, with its path. The readers validate type and range; on a
// mismatch they throw NotAReport, whose message names the path.
#pragma once
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "checklist/names.hpp"
#include "checklist/time.hpp"

namespace checklist::render {
class NotAReport : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class JsonNode {
 public:
  // `value` must outlive the node. `at` is its path for error messages: "services/0/unit".
  JsonNode(const nlohmann::json& value, std::string at) : value_(value), at_(std::move(at)) {}

  // Throws if the member is missing.
  JsonNode operator[](const std::string& member) const;
  // Returns nullopt if the member is missing.
  [[nodiscard]] std::optional<JsonNode> find(const std::string& member) const;
  // Throws if the array has more than `most` elements.
  [[nodiscard]] std::vector<JsonNode> list(std::size_t most) const;

  [[nodiscard]] std::string text() const;
  // Returns a nonempty text of at most 255 ASCII letters, digits and characters of `others`, which
  // is safe in a log and on a terminal.
  [[nodiscard]] std::string name(std::string_view others) const;
  [[nodiscard]] bool flag() const;
  [[nodiscard]] std::uint64_t count() const;
  [[nodiscard]] double level() const;   // 0 to 10
  [[nodiscard]] WallTime time() const;  // seconds since 1970, before the year 10000

  // Throws unless the text is an enumerator's name.
  template <class E>
  [[nodiscard]] E word() const {
    const auto parsed = from_text<E>(text());
    return parsed ? *parsed : throw mistake("one of the known words");
  }

  // Returns the exception "PATH: expected …".
  [[nodiscard]] NotAReport mistake(std::string_view expected) const;

 private:
  const nlohmann::json& value_;
  std::string at_;
};
}  // namespace checklist::render
