// SPDX-License-Identifier: MIT
#include "checks/directives/networks.hpp"

#include <algorithm>
#include <array>
#include <bitset>
#include <charconv>

#include "semantics/text/fields.hpp"

namespace checklist::checks {
namespace {
using Bytes = std::vector<std::uint64_t>;

std::string bits(char family, const Bytes& bytes, std::size_t length) {
  std::string out;
  for (const std::uint64_t byte : bytes) {
    out += std::bitset<8>(byte).to_string();
  }
  return std::string(1, family) + ":" + out.substr(0, length);
}

struct Symbol {
  std::string_view word;
  std::array<std::string_view, 2> networks;
};

constexpr std::array<Symbol, 4> symbols{
    {{"any", {"4:", "6:"}},
     {"localhost",
      {"4:01111111",
       "6:0000000000000000000000000000000000000000000000000000000000000000"
       "0000000000000000000000000000000000000000000000000000000000000001"}},
     {"link-local",
      {"4:1010100111111110", "6:1111111010000000000000000000000000000000000000000000000000000000"}},
     {"multicast", {"4:1110", "6:11111111"}}}};
}  // namespace

std::vector<std::string> networks(std::string_view word) {
  for (const Symbol& symbol : symbols) {
    if (word == symbol.word) {
      return {symbol.networks.begin(), symbol.networks.end()};
    }
  }
  const auto slash = word.find('/');
  const auto length = slash == std::string_view::npos
                          ? 32U
                          : semantics::number<unsigned>(word.substr(slash + 1)).value_or(33U);
  Bytes bytes;
  for (const auto part : semantics::pieces(word.substr(0, slash), ".")) {
    const auto byte = semantics::number<std::uint8_t>(part);
    if (!byte) {
      return {};
    }
    bytes.push_back(*byte);
  }
  return bytes.size() == 4 && length <= 32 ? std::vector{bits('4', bytes, length)}
                                           : std::vector<std::string>();
}

std::optional<std::string> network(const Value& property) {
  constexpr std::int64_t inet = 2;  // AF_INET; the other is AF_INET6
  const auto* fields = property.get<Values>();
  if (fields == nullptr || fields->size() != 3) {
    return std::nullopt;
  }
  const auto* family = (*fields)[0].get<std::int64_t>();
  const auto* address = (*fields)[1].get<Values>();
  const auto* length = (*fields)[2].get<std::uint64_t>();
  if (family == nullptr || address == nullptr || length == nullptr) {
    return std::nullopt;
  }
  Bytes bytes;
  for (const Value& each : *address) {
    const auto* byte = each.get<std::uint64_t>();
    bytes.push_back(byte != nullptr ? *byte : 0);
  }
  return bits(*family == inet ? '4' : '6', bytes, *length);
}

std::string print_network(std::string_view network) {
  const bool is_inet = network.starts_with("4:");
  const std::size_t group = is_inet ? 8 : 16;
  std::string prefix(network.substr(std::min<std::size_t>(network.size(), 2)));
  const std::size_t length = prefix.size();
  prefix.resize(is_inet ? 32 : 128, '0');
  std::string out;
  for (std::size_t at = 0; at < prefix.size(); at += group) {
    const auto value = std::bitset<16>(prefix.substr(at, group)).to_ulong();
    std::array<char, 8> digits{};
    auto* const end = std::to_chars(digits.begin(), digits.end(), value, is_inet ? 10 : 16).ptr;
    out += (out.empty() ? "" : is_inet ? "." : ":") + std::string(digits.begin(), end);
  }
  return out + "/" + std::to_string(length);
}
}  // namespace checklist::checks
