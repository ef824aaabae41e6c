// SPDX-License-Identifier: MIT
// What can be known: one struct a kind of fact, and the key by which a check asks for it.
// Facts are plain values without identity; two equal ones are the same fact, and nothing is
// re-evaluated.
#pragma once
#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "checklist/accounts.hpp"
#include "checklist/definition.hpp"
#include "checklist/device.hpp"
#include "checklist/journal_messages.hpp"
#include "checklist/observed.hpp"
#include "checklist/probe.hpp"
#include "checklist/process.hpp"
#include "checklist/time.hpp"
#include "checklist/unit_state.hpp"
#include "checklist/value.hpp"
#include "checklist/wall_clock.hpp"

namespace checklist {
// A unit as ListUnitsByNames() and its signals tell. A name nobody knows has a row, too: load
// not-found.
struct Unit {
  std::string id;  // the canonical name; differs from the key's for an alias
  LoadState load = LoadState::other;
  ActiveState active = ActiveState::other;
  std::string sub;        // SubState, by unit type
  std::uint32_t job = 0;  // the queued or running job's id; 0: none
  std::string job_type;   // "start", "restart", "stop", …; empty without a job, or not known yet
  // When that job was first seen: PID 1 tells no one how long a job has waited.
  std::optional<TimePoint> job_since = std::nullopt;
  // When it was first seen to reload: PID 1 gives up on a reload only to wait for it again, with a
  // new timestamp.
  std::optional<TimePoint> reloading_since = std::nullopt;
  bool operator==(const Unit&) const = default;
};

struct UnitKey {
  std::string name;
  using Fact = Unit;
  auto operator<=>(const UnitKey&) const = default;
};

// Any D-Bus property of a unit, of .Unit or of its type's interface (org.freedesktop.systemd1(5)).
// Of an unloaded or missing unit it is what PID 1 answers for that name; unsupported: no such
// property.
struct PropertyKey {
  std::string unit;
  std::string name;
  using Fact = Value;
  auto operator<=>(const PropertyKey&) const = default;
};

// What GetUnitFileState() answers: "enabled", "static", …; "not-found" when there is no unit file.
struct EnablementKey {
  std::string unit;
  using Fact = std::string;
  auto operator<=>(const EnablementKey&) const = default;
};

// The manager itself.
struct Host {
  SystemState state = SystemState::other;
  std::string version;                            // of systemd
  std::string boot_id;                            // 32 hex digits
  std::string default_target;                     // the canonical unit behind default.target
  std::vector<std::string> unit_path;             // the search path for unit files, first wins
  std::optional<TimePoint> began = std::nullopt;  // when this manager began to start what it starts
  bool operator==(const Host&) const = default;
};

struct HostKey {
  using Fact = Host;
  auto operator<=>(const HostKey&) const = default;
};

// One end of a unit's run, as PID 1 journalled it.
struct Run {
  TimePoint ended;  // on this boot's clock; a run of an earlier boot lies before the boot
  bool this_boot = true;
  std::string result;       // UNIT_RESULT: "success", "exit-code", "signal", "timeout", …
  std::string exit_code;    // "exited", "killed", "dumped"; empty if not told
  std::string exit_status;  // "3", "KILL"; empty if not told
  bool operator==(const Run&) const = default;
};

// A start that did not happen: its job ended without the unit starting, or a condition failed.
struct Refusal {
  TimePoint at;
  bool this_boot = true;
  std::string result;  // JOB_RESULT: "dependency", "timeout", "canceled", …; "condition" for a
                       // skipped start
  std::string what;    // the message as PID 1 wrote it
  bool operator==(const Refusal&) const = default;
};

// A unit's past from PID 1's own journal entries; it survives unload, reload, reboot and our own
// absence.
struct History {
  std::optional<Run> last_run;            // the last run that ended
  std::optional<TimePoint> last_started;  // the last start job that was done
  std::optional<Refusal> last_refusal;    // the last start, if it was refused
  std::vector<TimePoint> restarts;  // automatic restarts of this boot, oldest first, the last 64
  bool operator==(const History&) const = default;
};

struct HistoryKey {
  std::string unit;
  using Fact = History;
  auto operator<=>(const HistoryKey&) const = default;
};

// What only we can have seen of a unit, kept in the state file.
struct Record {
  std::optional<Run> last_run;  // a oneshot's, as a reserve for a vacuumed journal
  std::optional<bool>
      started_by_boot;                 // this boot: it became active while SystemState was starting
  std::set<std::uint64_t> cgroup_ids;  // every ControlGroupId it had in this boot
  std::optional<TimePoint> last_trigger = std::nullopt;  // a timer's, of any boot
  std::optional<TimePoint> first_seen = std::nullopt;    // when we first followed it
  bool operator==(const Record&) const = default;
};

struct RecordKey {
  std::string unit;
  using Fact = Record;
  auto operator<=>(const RecordKey&) const = default;
};

enum class Protocol { tcp, udp, unix_stream };
template <>
inline constexpr auto names<Protocol> = names_of<Protocol>({{Protocol::tcp, "tcp"},
                                                            {Protocol::udp, "udp"},
                                                            {Protocol::unix_stream, "unix"}});

// A socket that waits for peers: TCP in LISTEN, bound UDP, unix in LISTEN (stream and seqpacket) or
// bound (datagram).
struct Listener {
  Protocol protocol = Protocol::tcp;
  std::string address;     // "127.0.0.1", "::1", a path, or "@name" for an abstract one
  std::uint16_t port = 0;  // 0 for unix
  bool v6only = false;
  std::uint32_t uid = 0;
  std::uint64_t cgroup_id = 0;  // 0 for unix: unix_diag does not tell
  std::string cgroup;  // its path below the cgroup root, "/system.slice/x.service"; empty: unknown
                       // or removed
  std::uint32_t device = 0;  // of the path a unix socket is bound to
  std::uint64_t inode = 0;   // likewise
  // NOLINTNEXTLINE(readability-implicit-bool-conversion): clang-tidy 14 sees one where none is
  auto operator<=>(const Listener&) const = default;
};

struct ListenersKey {
  using Fact = std::vector<Listener>;  // sorted
  auto operator<=>(const ListenersKey&) const = default;
};

// ip_local_port_range: the ports that the kernel gives to clients.
struct PortRange {
  std::uint16_t first = 32768;
  std::uint16_t last = 60999;
  bool operator==(const PortRange&) const = default;
};

struct LocalPortsKey {
  using Fact = PortRange;
  auto operator<=>(const LocalPortsKey&) const = default;
};

// Who listens on a unix socket: SO_PEERCRED of one connection to it.
struct UnixPeer {
  std::uint32_t pid = 0;
  std::uint32_t uid = 0;
  std::string cgroup;  // of that process; empty if it could not be read
  bool operator==(const UnixPeer&) const = default;
};

struct UnixPeerKey {
  std::string path;
  using Fact = UnixPeer;
  auto operator<=>(const UnixPeerKey&) const = default;
};

// A path as lstat(2) sees it. A missing one is a value: type "missing".
struct FileStatus {
  std::string
      type;  // "regular", "directory", "symlink", "socket", "character", "block", "fifo", "missing"
  std::uint32_t mode = 0;
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;
  std::uint32_t device = 0;  // st_dev, as sock_diag spells devices
  std::uint64_t inode = 0;
  std::string target;  // what a symlink resolves to, fully; empty: nothing is there
  std::string link{};  // what a symlink says, as it stands
  std::uint64_t size = 0;
  WallTime modified{};
  bool operator==(const FileStatus&) const = default;
};

struct FileKey {
  std::string path;
  using Fact = FileStatus;
  auto operator<=>(const FileKey&) const = default;
};

// The paths that a glob(7) pattern finds.
struct GlobKey {
  std::string pattern;
  using Fact = std::vector<std::string>;  // sorted
  auto operator<=>(const GlobKey&) const = default;
};

// One assignment in a unit file, in the file's order.
struct Directive {
  std::string section;
  std::string key;
  std::string value;
  bool operator==(const Directive&) const = default;
};

// A unit file or drop-in as written. A missing one is a value.
struct UnitFile {
  bool exists = false;
  std::vector<Directive> directives;
  bool operator==(const UnitFile&) const = default;
};

struct UnitFileKey {
  std::string path;
  using Fact = UnitFile;
  auto operator<=>(const UnitFileKey&) const = default;
};

// A link NAME in a TARGET.wants, .requires or .upholds directory on the unit search path.
struct InstallLink {
  std::string path;    // of the link itself
  std::string target;  // the unit that pulls in: "multi-user.target"
  std::string kind;    // "wants", "requires", "upholds"
  auto operator<=>(const InstallLink&) const = default;
};

struct InstallLinksKey {
  std::string name;                       // exactly the link's name: ask for each alias, too
  using Fact = std::vector<InstallLink>;  // sorted
  auto operator<=>(const InstallLinksKey&) const = default;
};

// Whether that user's manager starts at boot (loginctl enable-linger).
struct LingerKey {
  std::string user;
  using Fact = bool;
  auto operator<=>(const LingerKey&) const = default;
};

// Every unit of the manager that is failed.
struct FailedUnitsKey {
  using Fact = std::set<std::string>;
  auto operator<=>(const FailedUnitsKey&) const = default;
};

// The overall exposure level of `systemd-analyze security`, 0 to 10.
struct ExposureKey {
  std::string unit;
  using Fact = double;
  auto operator<=>(const ExposureKey&) const = default;
};

// The system calls behind the names of SystemCallFilter= ("@clock"), as this systemd groups them.
struct SyscallGroupsKey {
  using Fact = std::map<std::string, std::set<std::string>>;
  auto operator<=>(const SyscallGroupsKey&) const = default;
};

// The units that had a spec when we last ran, and those that `forget` has not dropped: unit → was
// enabled.
struct KnownSpecsKey {
  using Fact = std::map<std::string, bool>;
  auto operator<=>(const KnownSpecsKey&) const = default;
};

// When the instance of that user last published its report here; never: not yet since `since`.
struct Publisher {
  TimePoint since;  // when we began to wait
  std::optional<TimePoint> last_report;
  bool operator==(const Publisher&) const = default;
};

struct PublisherKey {
  std::string user;
  using Fact = Publisher;
  auto operator<=>(const PublisherKey&) const = default;
};
}  // namespace checklist
