// SPDX-License-Identifier: MIT
// A place in a JSON text from a stranger: what is read there has the type and range that was asked
// for, or the place is told in an exception.
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
  // Borrows the value. `at`: how a person finds it, "services/0/unit".
  JsonNode(const nlohmann::json& value, std::string at) : value_(value), at_(std::move(at)) {}

  JsonNode operator[](const std::string& member) const;
  [[nodiscard]] std::optional<JsonNode> find(const std::string& member) const;
  [[nodiscard]] std::vector<JsonNode> list(std::size_t most) const;

  [[nodiscard]] std::string text() const;
  // Not empty, and made of ASCII letters, digits and `others`: safe in a log and on a terminal.
  [[nodiscard]] std::string name(std::string_view others) const;
  [[nodiscard]] bool flag() const;
  [[nodiscard]] std::uint64_t count() const;
  [[nodiscard]] double level() const;   // 0 to 10
  [[nodiscard]] WallTime time() const;  // from seconds since 1970, before the year 10000

  template <class E>
  [[nodiscard]] E word() const {
    const auto parsed = from_text<E>(text());
    return parsed ? *parsed : throw mistake("one of the known words");
  }

  [[nodiscard]] NotAReport mistake(std::string_view expected) const;

 private:
  const nlohmann::json& value_;
  std::string at_;
};
}  // namespace checklist::render
