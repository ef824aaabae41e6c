// SPDX-License-Identifier: MIT
#include "observe/journal/unit_messages.hpp"

#include <algorithm>

namespace checklist::observe {
namespace {
constexpr std::size_t longest_text = 300;  // of a quoted message

std::vector<semantics::Matcher> matchers(const std::vector<std::string>& patterns) {
  std::vector<semantics::Matcher> out;
  out.reserve(patterns.size());
  for (const std::string& pattern : patterns) {
    out.emplace_back(semantics::Pattern{pattern});
  }
  return out;
}

bool any_found(const std::vector<semantics::Matcher>& patterns, const std::string& text) {
  return std::ranges::any_of(patterns,
                             [&text](const auto& each) { return each.is_found_in(text); });
}
}  // namespace

UnitMessages::UnitMessages(const JournalMessagesKey& key)
    : priority_(key.priority),
      match_(matchers(key.match)),
      ignore_(matchers(key.ignore)),
      keep_(key.keep) {}

std::optional<MessageCause> UnitMessages::cause_of(const parse::LoggedMessage& message) const {
  if (message.is_failure) {
    return MessageCause::failure;
  }
  if (message.priority && *message.priority <= priority_) {
    return MessageCause::priority;
  }
  return any_found(match_, message.text) ? std::optional(MessageCause::match) : std::nullopt;
}

UnitMessages::Classification UnitMessages::classify(const parse::LoggedMessage& message) const {
  const auto cause = cause_of(message);
  const bool is_urgent = message.priority && *message.priority <= Priority::warning;
  if ((!cause && !is_urgent) || any_found(ignore_, message.text)) {
    return {.cause = {}, .counted = {}};
  }
  if (message.priority && cause == MessageCause::match) {
    return {.cause = cause, .counted = MessageClass::match};
  }
  return {.cause = cause,
          .counted = is_urgent ? std::optional(MessageClass::priority) : std::nullopt};
}

MessageCounts UnitMessages::nothing_counted() const {
  MessageCounts out;
  for (const auto& [priority, name] : names<Priority>) {
    if (priority <= Priority::warning) {
      out[{priority, MessageClass::priority}] = 0;
    }
    if (priority > priority_ && !match_.empty()) {
      out[{priority, MessageClass::match}] = 0;
    }
  }
  return out;
}

bool UnitMessages::take(const parse::LoggedMessage& message, std::optional<MessageCause> cause,
                        TimePoint at) {
  if (message.is_suppression) {
    messages_.suppressed = at;
  }
  if (!cause) {
    return message.is_suppression;
  }
  auto& latest = messages_.latest;
  latest.push_back({.at = at,
                    .priority = message.priority.value_or(Priority::debug),
                    .cause = *cause,
                    .text = message.text.substr(0, longest_text)});
  if (latest.size() > keep_) {
    latest.erase(latest.begin());
  }
  return true;
}
}  // namespace checklist::observe
