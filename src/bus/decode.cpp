// SPDX-License-Identifier: MIT
#include "bus/decode.hpp"

#include <cstdint>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include SDBUS_COMPAT

namespace checklist::bus {
namespace {
using sdbus::Message;
using sdbus_compat::peek;

template <class Wire, class Plain = Wire>
Value basic(Message& m) {
  Wire w{};
  m >> w;
  return {static_cast<Plain>(w)};
}

Value value(Message& m);

Values until_end(Message& m) {
  Values out;
  while (peek(m).first != '\0') {
    out.push_back(value(m));
  }
  m.clearFlags();  // peek() at the end of a container sets the error flag
  return out;
}

// NOLINTBEGIN(readability-redundant-string-cstr): sdbus-c++ 2.x takes const char* only
Dict dictionary(Message& m) {
  Dict out;
  for (auto [type, contents] = peek(m); type == 'e'; std::tie(type, contents) = peek(m)) {
    m.enterDictEntry(contents.c_str());
    std::string key;
    m >> key;
    out.insert_or_assign(std::move(key), value(m));
    m.exitDictEntry();
  }
  m.clearFlags();
  return out;
}

Value array(Message& m, const std::string& contents) {
  Value out;
  m.enterContainer(contents.c_str());
  if (contents.starts_with("{s")) {
    out.as = dictionary(m);
  } else {
    out.as = until_end(m);
  }
  m.exitContainer();
  return out;
}

Value container(Message& m, char type, const std::string& contents) {
  if (type == 'a') {
    return array(m, contents);
  }
  Value out;
  if (type == 'v') {
    m.enterVariant(contents.c_str());
    out = value(m);
    m.exitVariant();
  } else if (type == 'r') {
    m.enterStruct(contents.c_str());
    out.as = until_end(m);
    m.exitStruct();
  } else {
    m.enterDictEntry(contents.c_str());
    out.as = until_end(m);
    m.exitDictEntry();
  }
  return out;
}

// NOLINTEND(readability-redundant-string-cstr)

Value value(Message& m) {
  const auto [type, contents] = peek(m);
  switch (type) {
    case 'b':
      return basic<bool>(m);
    case 'y':
      return basic<std::uint8_t, std::uint64_t>(m);
    case 'n':
      return basic<std::int16_t, std::int64_t>(m);
    case 'q':
      return basic<std::uint16_t, std::uint64_t>(m);
    case 'i':
      return basic<std::int32_t, std::int64_t>(m);
    case 'u':
      return basic<std::uint32_t, std::uint64_t>(m);
    case 'x':
      return basic<std::int64_t>(m);
    case 't':
      return basic<std::uint64_t>(m);
    case 'd':
      return basic<double>(m);
    case 's':
      return basic<std::string>(m);
    case 'o':
      return basic<sdbus::ObjectPath, std::string>(m);
    case 'g':
      return basic<sdbus::Signature, std::string>(m);
    case 'h': {
      sdbus::UnixFd descriptor;
      m >> descriptor;
      return {};
    }
    default:
      return container(m, type, contents);
  }
}
}  // namespace

std::optional<Values> decode(Message& message) {
  try {
    return until_end(message);
  } catch (const sdbus::Error&) {
    return std::nullopt;
  }
}

void encode(Message& m, const Value& argument) {
  if (const auto* text = argument.get<std::string>()) {
    m << *text;
  } else if (const auto* flag = argument.get<bool>()) {
    m << *flag;
  } else if (const auto* number = argument.get<std::uint64_t>()) {
    m << static_cast<std::uint32_t>(*number);
  } else if (const auto* list = argument.get<Values>()) {
    std::vector<std::string> texts;
    for (const Value& each : *list) {
      texts.push_back(std::get<std::string>(each.as));
    }
    m << texts;
  } else {
    throw std::invalid_argument("unsupported type of a D-Bus argument");
  }
}
}  // namespace checklist::bus
