// SPDX-License-Identifier: MIT
#include "observe/files/program_observer.hpp"

#include <cerrno>
#include <system_error>

#include "observe/small_file.hpp"
#include "parse/programs/script.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
constexpr Duration interval = 15s;

Unseen unseen(const std::string& path, int error) {
  const std::string why = "cannot read " + path + ": " + std::system_category().message(error);
  if (error == ENOENT || error == ENOTDIR) {
    return {"gone", why, ""};
  }
  const bool is_denied = error == EACCES || error == EPERM;
  return {is_denied ? "permission" : "unsupported", why,
          is_denied ? "let checklistd read " + path + ", to see what it needs" : ""};
}

// Other formats may be registered in binfmt_misc, where it is mounted. Its mount point is not
// opened: an automount would mount it.
bool may_have_other_formats(const std::string& root) {
  const auto mounts = small_file(root + "/proc/self/mountinfo", 4U << 20U);
  return !mounts || mounts->find(" - binfmt_misc ") != std::string::npos;
}

Observed<Program> read_elf(const parse::ReadAt& read, const std::string& root,
                           const std::string& path, LibrarySearch& libraries) {
  Program out{.format = Program::Format::elf, .interpreter = {}};
  switch (parse::elf_kind(read)) {
    case parse::ElfKind::foreign:
      out.format = Program::Format::foreign;
      return may_have_other_formats(root)
                 ? Observed<Program>(
                       Unseen{"unsupported", path + " is for another architecture", ""})
                 : out;
    case parse::ElfKind::truncated:
      out.format = Program::Format::truncated;
      return out;
    case parse::ElfKind::own:
      break;
  }
  if (const auto elf = parse::elf(read)) {
    out.interpreter = elf->interpreter;
    libraries.search(path, *elf, out);
  }
  return out;
}
}  // namespace

Observed<Program> read_program(const std::string& root, const std::string& path,
                               LibrarySearch& libraries) {
  return read_program(ProgramFile(root + path), root, path, libraries);
}

Observed<Program> read_program(const ProgramFile& file, const std::string& root,
                               const std::string& path, LibrarySearch& libraries) {
  if (file.error() != 0) {
    return unseen(path, file.error());
  }
  const auto read = file.reader();
  const std::string head = read(0, parse::script_head);
  if (parse::is_elf(head)) {
    return read_elf(read, root, path, libraries);
  }
  if (const auto script = parse::script(head)) {
    return Program{.format = Program::Format::script,
                   .interpreter = script->interpreter +
                                  (script->searched.empty() ? "" : ' ' + script->searched)};
  }
  return may_have_other_formats(root)
             ? Observed<Program>(Unseen{"unsupported", path + " is neither a script nor ELF", ""})
             : Program{};
}

ProgramObserver::ProgramObserver(event::Loop& loop, Put<ProgramKey> put, RootFacts& root_facts,
                                 std::string root)
    : put_(std::move(put)),
      root_(std::move(root)),
      libraries_(root_),
      poll_(loop, interval, [this, &root_facts](const ProgramKey& key) {
        auto seen = read_program(root_, key.path, libraries_);
        const bool is_roots = !seen && root_could_see(seen.unseen());
        put_(key, is_roots ? root_facts.program(key.path, seen.unseen()) : std::move(seen));
      }) {}
}  // namespace checklist::observe
