// SPDX-License-Identifier: MIT
#include "parse/file_facts.hpp"

#include <nlohmann/json.hpp>

namespace checklist::parse {
namespace {
using nlohmann::json;
constexpr int version = 4;

std::int64_t usec(auto moment) {
  return std::chrono::duration_cast<Duration>(moment.time_since_epoch()).count();
}

json to_json(const Unseen& unseen) {
  return {{"unseen", {{"reason", unseen.reason}, {"why", unseen.why}, {"remedy", unseen.remedy}}}};
}

json to_json(const FileStatus& file) {
  return {{"type", file.type},     {"mode", file.mode},
          {"uid", file.uid},       {"gid", file.gid},
          {"device", file.device}, {"inode", file.inode},
          {"target", file.target}, {"link", file.link},
          {"size", file.size},     {"modified", usec(file.modified)}};
}

json to_json(const std::vector<std::string>& paths) {
  return paths;
}

json to_json(const Acl& acl) {
  json named = json::array();
  for (const AclEntry& each : acl.named) {
    named.push_back({each.for_group, each.id, each.bits});
  }
  return {{"owning_group", acl.owning_group}, {"named", named}};
}

json to_json(const FileCapabilities& has) {
  return {has.permitted, has.inheritable, has.effective};
}

// What tells the age of a device is left out: the daemon sees devices itself.
json to_json(const Node& node) {
  const Permissions& permissions = node.permissions;
  return {{"type", static_cast<int>(node.type)},
          {"mode", permissions.mode},
          {"uid", permissions.uid},
          {"gid", permissions.gid},
          {"acl", permissions.acl ? to_json(*permissions.acl) : json()},
          {"device", {node.major, node.minor}},
          {"link", node.link},
          {"no_dev", node.no_dev},
          {"no_exec", node.no_exec},
          {"is_namespace", node.is_namespace},
          {"capabilities", node.capabilities ? to_json(*node.capabilities) : json()}};
}

json to_json(const Program& program) {
  json libraries = json::array();
  for (const Library& each : program.libraries) {
    libraries.push_back({each.path, each.real, each.is_public});
  }
  return {{"format", static_cast<int>(program.format)},
          {"interpreter", program.interpreter},
          {"missing_libraries", program.missing_libraries},
          {"missing_if_secure", program.missing_if_secure},
          {"unseen_libraries", program.unseen_libraries},
          {"broken_libraries", program.broken_libraries},
          {"libraries", libraries}};
}

json to_json(const HeldFiles& held) {
  return {{"replaced", held.replaced}, {"devices", held.devices}, {"listening", held.listening}};
}

json to_json(const std::map<std::string, CgroupFacts>& cgroups) {
  json out = json::object();
  for (const auto& [path, cgroup] : cgroups) {
    out[path] = {{"id", cgroup.id},
                 {"held", cgroup.held ? to_json(*cgroup.held) : to_json(cgroup.held.unseen())}};
  }
  return out;
}

template <class T>
json to_json(const std::map<std::string, Observed<T>>& seen) {
  json out = json::object();
  for (const auto& [name, fact] : seen) {
    out[name] = fact ? to_json(*fact) : to_json(fact.unseen());
  }
  return out;
}

void from_json(const json& from, FileStatus& out) {
  from.at("type").get_to(out.type);
  from.at("mode").get_to(out.mode);
  from.at("uid").get_to(out.uid);
  from.at("gid").get_to(out.gid);
  from.at("device").get_to(out.device);
  from.at("inode").get_to(out.inode);
  from.at("target").get_to(out.target);
  from.at("link").get_to(out.link);
  from.at("size").get_to(out.size);
  out.modified = WallTime{Duration{from.at("modified").get<std::int64_t>()}};
}

void from_json(const json& from, std::vector<std::string>& out) {
  from.get_to(out);
}

template <class Enum>
Enum enumerator(const json& from, Enum last) {
  const int out = from.get<int>();
  if (out < 0 || out > static_cast<int>(last)) {
    throw json::other_error::create(0, "unknown enumerator", nullptr);
  }
  return static_cast<Enum>(out);
}

Acl acl_of(const json& from) {
  Acl out{.owning_group = from.at("owning_group").get<std::uint32_t>(), .named = {}};
  for (const json& each : from.at("named")) {
    out.named.push_back({.for_group = each.at(0).get<bool>(),
                         .id = each.at(1).get<std::uint32_t>(),
                         .bits = each.at(2).get<std::uint32_t>()});
  }
  return out;
}

void from_json(const json& from, Node& out) {
  out.type = enumerator(from.at("type"), NodeType::other);
  from.at("mode").get_to(out.permissions.mode);
  from.at("uid").get_to(out.permissions.uid);
  from.at("gid").get_to(out.permissions.gid);
  if (const json& acl = from.at("acl"); !acl.is_null()) {
    out.permissions.acl = acl_of(acl);
  }
  from.at("device").at(0).get_to(out.major);
  from.at("device").at(1).get_to(out.minor);
  from.at("link").get_to(out.link);
  from.at("no_dev").get_to(out.no_dev);
  from.at("no_exec").get_to(out.no_exec);
  from.at("is_namespace").get_to(out.is_namespace);
  if (const json& has = from.at("capabilities"); !has.is_null()) {
    out.capabilities = FileCapabilities{.permitted = has.at(0).get<std::uint64_t>(),
                                        .inheritable = has.at(1).get<std::uint64_t>(),
                                        .effective = has.at(2).get<bool>()};
  }
}

void from_json(const json& from, Program& out) {
  out.format = enumerator(from.at("format"), Program::Format::truncated);
  from.at("interpreter").get_to(out.interpreter);
  from.at("missing_libraries").get_to(out.missing_libraries);
  from.at("missing_if_secure").get_to(out.missing_if_secure);
  from.at("unseen_libraries").get_to(out.unseen_libraries);
  from.at("broken_libraries").get_to(out.broken_libraries);
  for (const json& each : from.at("libraries")) {
    out.libraries.push_back({.path = each.at(0).get<std::string>(),
                             .real = each.at(1).get<std::string>(),
                             .is_public = each.at(2).get<bool>()});
  }
}

void from_json(const json& from, HeldFiles& out) {
  from.at("replaced").get_to(out.replaced);
  from.at("devices").get_to(out.devices);
  from.at("listening").get_to(out.listening);
}

template <class T>
Observed<T> fact_of(const json& from) {
  if (from.is_object() && from.contains("unseen")) {
    const json& why = from["unseen"];
    Unseen unseen;
    why.at("reason").get_to(unseen.reason);
    why.at("why").get_to(unseen.why);
    why.at("remedy").get_to(unseen.remedy);
    return unseen;
  }
  T out;
  from_json(from, out);
  return out;
}

template <class T>
void read(const json& from, std::map<std::string, Observed<T>>& out) {
  for (const auto& [name, fact] : from.items()) {
    out.insert_or_assign(name, fact_of<T>(fact));
  }
}

void read(const json& from, std::map<std::string, CgroupFacts>& out) {
  for (const auto& [path, cgroup] : from.items()) {
    out.insert_or_assign(path, CgroupFacts{.id = cgroup.at("id").get<std::uint64_t>(),
                                           .held = fact_of<HeldFiles>(cgroup.at("held"))});
  }
}
}  // namespace

std::string print_file_facts(const FileFacts& facts) {
  const json out{{"version", version},
                 {"made", usec(facts.made)},
                 {"files", to_json(facts.files)},
                 {"globs", to_json(facts.globs)},
                 {"nodes", to_json(facts.nodes)},
                 {"programs", to_json(facts.programs)},
                 {"cgroups", to_json(facts.cgroups)}};
  return out.dump(1, ' ', false, json::error_handler_t::replace) + "\n";
}

std::optional<FileFacts> file_facts(std::string_view text) {
  FileFacts out;
  try {
    const json whole = json::parse(text);
    if (whole.at("version") != version) {
      return std::nullopt;
    }
    out.made = TimePoint{Duration{whole.at("made").get<std::int64_t>()}};
    read(whole.at("files"), out.files);
    read(whole.at("globs"), out.globs);
    read(whole.at("nodes"), out.nodes);
    read(whole.at("programs"), out.programs);
    read(whole.at("cgroups"), out.cgroups);
  } catch (const json::exception&) {  // written by another version, or corrupt
    return std::nullopt;
  }
  return out;
}
}  // namespace checklist::parse
