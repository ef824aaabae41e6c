// SPDX-License-Identifier: MIT
// Pieces of HTML that every part of the page is made of. Whatever comes from elsewhere goes through
// escaped().
#pragma once
#include <string>
#include <string_view>

#include "checklist/report.hpp"

namespace checklist::render {
// Valid UTF-8 of at most `bytes`, fit for an element and for a quoted attribute.
std::string escaped(std::string_view text, std::size_t bytes = 2000);

// The same, with what stands in backticks as code: commands that a person is told to type.
std::string escaped_hint(std::string_view text);

// "2026-11-25 15:51:50 UTC", with the moment for the script that shows it as it is read there.
std::string time_element(WallTime time);

// The element's id of a unit, and of one of its checks: "llamacpp.service/port_bindings".
std::string id_of(const ServiceReport& service);
std::string id_of(const ServiceReport& service, const std::string& check);
// A link to the element of that id, as the attribute's value.
std::string link_to(std::string_view id);

// Symbols and words tell the same as the colours.
std::string_view symbol(Status status);
std::string symbol_and_word(Status status);
}  // namespace checklist::render
