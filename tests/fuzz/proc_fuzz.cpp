// SPDX-License-Identifier: MIT
// Files of /proc and /sys/fs/cgroup: processes choose their names, mounts and paths.
#include "fuzz/fuzz.hpp"
#include "parse/cgroup.hpp"
#include "parse/device_classes.hpp"
#include "parse/local_ports.hpp"
#include "parse/mount_place.hpp"
#include "parse/proc/held_files.hpp"
#include "parse/process.hpp"

namespace checklist::fuzz {
const std::size_t longest = 1U << 20U;  // of mountinfo

void run(std::string_view input) {
  const parse::Clock clock{.ticks_a_second = 100, .suspended = std::chrono::seconds(5)};
  (void)parse::process_stat(input, clock);
  (void)parse::is_being_prepared(input);
  (void)parse::limits(input);
  require(parse::mounts(input).size() <= input.size(), "there are no more mounts than bytes");
  (void)parse::mount_place(input, "/var/lib/x/y");
  (void)parse::mount_place("1 0 8:1 / / rw", input);
  const auto cgroup = parse::unified_cgroup(input);
  require(!cgroup || cgroup->size() <= input.size(), "a path is a part of its file");
  (void)parse::device_classes(input);
  (void)parse::local_ports(input);
  (void)parse::listening_inet_sockets(input);
  (void)parse::listening_unix_sockets(input);
  (void)parse::removed_program(input);
  (void)parse::is_installed_program(input);
  (void)parse::socket_inode(input);

  Input in(input);  // four files
  const auto stat = in.until('\f');
  const auto status = in.until('\f');
  const auto limits = in.until('\f');
  (void)parse::process(
      {.stat = stat, .status = status, .limits = limits, .oom_score_adj = in.rest()}, clock);
}
}  // namespace checklist::fuzz
