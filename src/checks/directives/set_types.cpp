// SPDX-License-Identifier: MIT
// The directive types of sandbox_types.hpp that are sets.
#include "checks/directives/networks.hpp"
#include "checks/directives/sandbox_types.hpp"
#include "checks/directives/type_parts.hpp"
#include "semantics/text/fields.hpp"
#include "semantics/unit/mount_unit.hpp"

namespace checklist::checks::types {
namespace {
Dict list_schema(const Directive& /*directive*/) {
  const Dict one{{"type", Value{std::string("string")}}};
  const Dict many{{"type", Value{std::string("array")}}, {"items", Value{one}}};
  return {{"anyOf", Value{Values{Value{one}, Value{many}}}}};
}

Dict flag_or_list_schema(const Directive& directive) {
  Dict out = list_schema(directive);
  std::get<Values>(out.at("anyOf").as)
      .push_back(Value{Dict{{"type", Value{std::string("boolean")}}}});
  return out;
}

const NameSet& set(const Setting& setting) {
  static const NameSet none;
  const auto* names = std::get_if<NameSet>(&setting);
  return names != nullptr ? *names : none;
}

bool holds_no_more(const Directive& /*directive*/, const Setting& has, const Setting& wanted) {
  return is_within(set(has), set(wanted));
}

std::string print_set(const Directive& /*directive*/, const Setting& setting) {
  const auto* lines = std::get_if<Assignments>(&setting);
  if (lines == nullptr) {
    return print(set(setting));
  }
  std::string out;
  for (const std::string& line : lines->lines) {
    out += (out.empty() ? "" : " ") + line;
  }
  return out;
}

template <class Accept>
std::optional<Setting> parse_names(const Lines& lines, const Accept& accepts) {
  auto names = name_set(lines);
  return names && std::ranges::all_of(names->names, accepts)
             ? std::optional<Setting>(std::move(*names))
             : std::nullopt;
}

// Names by bit.

std::optional<Setting> parse_mask(const Directive& directive, const Lines& lines) {
  return parse_names(lines, [&directive](const std::string& name) {
    return std::ranges::find(directive.words, name) != directive.words.end();
  });
}

std::optional<Setting> read_mask(const Directive& directive, const Value& property) {
  const auto* bits = property.get<std::uint64_t>();
  if (bits == nullptr) {
    return std::nullopt;
  }
  return bits_named(*bits, directive.words);
}

// RestrictNamespaces= names the namespaces that the unit may still create; yes allows none.
std::optional<Setting> parse_namespaces(const Directive& directive, const Lines& lines) {
  const std::string first = only(lines).value_or("");
  if (first == "yes" || first == "true") {
    return NameSet{};
  }
  if (first == "no" || first == "false") {
    return NameSet{.all_but = true};
  }
  return parse_mask(directive, lines);
}

// On D-Bus (whether the names are allowed, names); a name may carry an error number.

std::optional<Setting> read_filter(const Directive& /*directive*/, const Value& property) {
  const auto* both = property.get<Values>();
  const auto* is_allowed =
      both != nullptr && both->size() == 2 ? both->front().get<bool>() : nullptr;
  const auto* names = is_allowed != nullptr ? both->back().get<Values>() : nullptr;
  if (names == nullptr) {
    return std::nullopt;
  }
  NameSet out{.all_but = !*is_allowed};
  for (const std::string& name : texts(*names)) {
    const auto colon = name.find(':');
    if (colon == std::string::npos || out.all_but) {  // in an allow-list, such a call is refused
      out.names.insert(name.substr(0, colon));
    }
  }
  return out;
}

std::optional<Setting> parse_families(const Directive& /*directive*/, const Lines& lines) {
  if (lines == Lines{"none"}) {
    return NameSet{};
  }
  return parse_names(lines, [](const std::string& name) { return name.starts_with("AF_"); });
}

std::optional<Setting> parse_system_calls(const Directive& /*directive*/, const Lines& lines) {
  return name_set(lines) ? std::optional<Setting>(Assignments{lines}) : std::nullopt;
}

// Lists of texts.

std::optional<Setting> read_list(const Directive& /*directive*/, const Value& property) {
  const auto* list = property.get<Values>();
  if (list == nullptr) {
    return std::nullopt;
  }
  const auto all = texts(*list);
  return NameSet{.names = {all.begin(), all.end()}};
}

std::optional<Setting> parse_list(const Directive& /*directive*/, const Lines& lines) {
  return parse_names(lines, [](const std::string&) { return true; });
}

// An empty list restricts nothing.
std::optional<Setting> read_architectures(const Directive& directive, const Value& property) {
  auto list = read_list(directive, property);
  return list && set(*list).names.empty() ? NameSet{.all_but = true} : list;
}

// On D-Bus (node, letters), in a spec "node letters". Each letter is a name of the set.

void add_node(const std::string& node, std::string_view letters, NameSet& out) {
  for (const char letter : letters.empty() ? "rwm" : letters) {
    out.names.insert(node + " " + letter);
  }
}

std::optional<Setting> parse_nodes(const Directive& /*directive*/, const Lines& lines) {
  NameSet out;
  for (const std::string& line : lines) {
    const auto given = semantics::words(line);
    if (given.size() > 2 ||
        (given.size() == 2 && given[1].find_first_not_of("rwm") != std::string_view::npos)) {
      return std::nullopt;
    }
    if (!given.empty()) {
      add_node(std::string(given[0]), given.size() == 2 ? given[1] : "", out);
    }
  }
  return out;
}

std::optional<Setting> read_nodes(const Directive& /*directive*/, const Value& property) {
  const auto* list = property.get<Values>();
  if (list == nullptr) {
    return std::nullopt;
  }
  NameSet out;
  for (const Value& each : *list) {
    const auto* both = each.get<Values>();
    const auto pair = both != nullptr ? texts(*both) : Lines();
    const bool is_for_the_clock = pair == Lines{"char-rtc", "r"};  // ProtectClock= adds it
    if (pair.size() == 2 && !is_for_the_clock) {
      add_node(pair[0], pair[1], out);
    }
  }
  return out;
}

// Paths, compared without their prefixes "-" and "+".

std::string path_of(std::string name) {
  name.erase(0, name.find_first_not_of("-+"));
  while (name.size() > 1 && name.back() == '/') {
    name.pop_back();
  }
  return name;
}

bool is_below(const std::string& path, const std::set<std::string>& tops) {
  return std::ranges::any_of(
      tops, [&path](const std::string& each) { return semantics::is_below(path, path_of(each)); });
}

bool are_below(const NameSet& paths, const NameSet& tops) {
  return std::ranges::all_of(paths.names, [&tops](const std::string& each) {
    return is_below(path_of(each), tops.names);
  });
}

bool opens_no_more(const Directive& /*directive*/, const Setting& has, const Setting& wanted) {
  return are_below(set(has), set(wanted));
}

bool closes_as_much(const Directive& /*directive*/, const Setting& has, const Setting& wanted) {
  return are_below(set(wanted), set(has));
}

std::optional<Setting> parse_paths(const Directive& /*directive*/, const Lines& lines) {
  return parse_names(lines, [](const std::string& name) { return path_of(name).starts_with('/'); });
}

// Networks.

std::optional<Setting> parse_networks(const Directive& /*directive*/, const Lines& lines) {
  NameSet out;
  for (const std::string& line : lines) {
    for (const auto word : semantics::words(line)) {
      const auto found = networks(word);
      if (found.empty()) {
        return std::nullopt;
      }
      out.names.insert(found.begin(), found.end());
    }
  }
  return out;
}

std::optional<Setting> read_networks(const Directive& /*directive*/, const Value& property) {
  const auto* list = property.get<Values>();
  if (list == nullptr) {
    return std::nullopt;
  }
  NameSet out;
  for (const Value& each : *list) {
    out.names.insert(network(each).value_or("?"));
  }
  return out;
}

bool every_in_one(const NameSet& inner, const NameSet& outer) {
  return std::ranges::all_of(inner.names, [&outer](const std::string& each) {
    return std::ranges::any_of(outer.names,
                               [&each](const auto& wide) { return is_part(each, wide); });
  });
}

bool denies_as_much(const Directive& /*directive*/, const Setting& has, const Setting& wanted) {
  return every_in_one(set(wanted), set(has));
}

bool allows_no_more(const Directive& /*directive*/, const Setting& has, const Setting& wanted) {
  return every_in_one(set(has), set(wanted));
}

std::string print_networks(const Directive& /*directive*/, const Setting& setting) {
  std::string out;
  for (const std::string& each : set(setting).names) {
    out += (out.empty() ? "" : " ") + print_network(each);
  }
  return out;
}

constexpr DirectiveType type(std::string_view spelling, decltype(DirectiveType::parse) parse,
                             decltype(DirectiveType::read) read,
                             decltype(DirectiveType::satisfies) satisfies,
                             decltype(DirectiveType::print) printed = print_set,
                             decltype(DirectiveType::schema) schema = list_schema) {
  return {.spelling = spelling,
          .parse = parse,
          .read = read,
          .satisfies = satisfies,
          .print = printed,
          .schema = schema};
}
}  // namespace

constexpr auto list_spelling = "a text, or a list of them";
const DirectiveType mask =
    type(R"(the directive's names, as "CAP_CHOWN CAP_KILL" or "~CAP_SYS_ADMIN")", parse_mask,
         read_mask, holds_no_more);
const DirectiveType namespaces =
    type(R"(yes, no, or kinds as "cgroup net" or "~user")", parse_namespaces, read_mask,
         holds_no_more, print_set, flag_or_list_schema);
const DirectiveType families = type(R"(families as "AF_UNIX AF_INET" or "~AF_PACKET", or "none")",
                                    parse_families, read_filter, holds_no_more);
const DirectiveType system_calls =
    type(R"(system calls and groups as "@system-service" or "~@mount", or a list)",
         parse_system_calls, read_filter, holds_no_more);
const DirectiveType architectures =
    type(list_spelling, parse_list, read_architectures, holds_no_more);
const DirectiveType names = type(list_spelling, parse_list, read_list, holds_no_more);
const DirectiveType device_nodes =
    type(R"(a node as "/dev/null rw" or "char-drm", or a list of them)", parse_nodes, read_nodes,
         holds_no_more);
const DirectiveType open_paths = type("absolute paths", parse_paths, read_list, opens_no_more);
const DirectiveType closed_paths = type("absolute paths", parse_paths, read_list, closes_as_much);
const DirectiveType denied_networks =
    type(R"("any", "localhost", "link-local", "multicast" or IPv4 networks)", parse_networks,
         read_networks, denies_as_much, print_networks);
const DirectiveType allowed_networks =
    type(R"("any", "localhost", "link-local", "multicast" or IPv4 networks)", parse_networks,
         read_networks, allows_no_more, print_networks);
}  // namespace checklist::checks::types
