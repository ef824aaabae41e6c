// SPDX-License-Identifier: MIT
#include "parse/programs/elf.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <string_view>

#include <elf.h>

namespace checklist::parse {
namespace {
constexpr std::size_t most_headers = 256;
constexpr std::size_t most_entries = 4096;  // of the dynamic section
constexpr std::size_t most_names = 512;     // libraries, directories
constexpr std::size_t longest = 4096;       // of a name

#if defined(__x86_64__)
constexpr std::uint16_t our_machine = EM_X86_64;
#elif defined(__aarch64__)
constexpr std::uint16_t our_machine = EM_AARCH64;
#else
constexpr std::uint16_t our_machine = EM_NONE;  // no file is judged
#endif

template <class T>
std::optional<T> value_at(std::string_view bytes, std::size_t offset) {
  if (offset > bytes.size() || bytes.size() - offset < sizeof(T)) {
    return std::nullopt;
  }
  std::array<char, sizeof(T)> copy{};
  std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(offset), sizeof(T), copy.begin());
  return std::bit_cast<T>(copy);
}

template <class T>
std::vector<T> values(std::string_view bytes) {
  std::vector<T> out;
  for (std::size_t at = 0; at + sizeof(T) <= bytes.size(); at += sizeof(T)) {
    out.push_back(*value_at<T>(bytes, at));
  }
  return out;
}

bool is_ours(const Elf64_Ehdr& header) {
  constexpr auto own_order = std::endian::native == std::endian::little ? ELFDATA2LSB : ELFDATA2MSB;
  return header.e_ident[EI_CLASS] == ELFCLASS64 && header.e_ident[EI_DATA] == own_order &&
         header.e_machine == our_machine && (header.e_type == ET_EXEC || header.e_type == ET_DYN) &&
         header.e_phentsize == sizeof(Elf64_Phdr) && header.e_phnum <= most_headers;
}

// Machines whose 32-bit programs ours may execute.
bool is_compatible(const Elf64_Ehdr& header) {
  return header.e_ident[EI_CLASS] == ELFCLASS32 &&
         (our_machine == EM_X86_64 ? header.e_machine == EM_386 || header.e_machine == EM_X86_64
                                   : header.e_machine == EM_ARM);
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty() && out.size() < most_names) {
    const auto end = std::min(text.find(':'), text.size());
    if (end > 0) {
      out.emplace_back(text.substr(0, end));
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

class Reader {
 public:
  Reader(const ReadAt& read, std::vector<Elf64_Phdr> headers)
      : read_(read), headers_(std::move(headers)) {}

  std::optional<Elf> take() {
    for (const Elf64_Phdr& each : headers_) {
      if (each.p_type == PT_INTERP) {
        out_.interpreter = text_at(each.p_offset, each.p_filesz);
        whole_ &= !out_.interpreter.empty();
      } else if (each.p_type == PT_DYNAMIC) {
        read_dynamic(each);
      }
    }
    return whole_ ? std::optional(std::move(out_)) : std::nullopt;
  }

 private:
  [[nodiscard]] std::string text_at(std::uint64_t offset, std::size_t size) const {
    const std::string bytes = read_(offset, std::min(size, longest));
    return bytes.substr(0, std::min(bytes.find('\0'), bytes.size()));
  }

  [[nodiscard]] std::optional<std::uint64_t> offset_of(std::uint64_t address) const {
    for (const Elf64_Phdr& each : headers_) {
      if (each.p_type == PT_LOAD && address >= each.p_vaddr &&
          address - each.p_vaddr < each.p_filesz) {
        return each.p_offset + (address - each.p_vaddr);
      }
    }
    return std::nullopt;
  }

  void read_dynamic(const Elf64_Phdr& section) {
    const std::size_t size =
        std::min<std::size_t>(section.p_filesz, most_entries * sizeof(Elf64_Dyn));
    const std::string bytes = read_(section.p_offset, size);
    whole_ &= bytes.size() == size;
    std::vector<Elf64_Dyn> entries = values<Elf64_Dyn>(bytes);
    entries.erase(std::ranges::find(entries, DT_NULL, &Elf64_Dyn::d_tag), entries.end());
    const auto strings = std::ranges::find(entries, DT_STRTAB, &Elf64_Dyn::d_tag);
    const auto table =
        strings != entries.end() ? offset_of(strings->d_un.d_ptr) : std::optional<std::uint64_t>();
    if (!table) {
      whole_ &= entries.empty();
      return;
    }
    read_entries(entries, *table);
  }

  void read_entries(const std::vector<Elf64_Dyn>& entries, std::uint64_t table) {
    std::string old_path;
    std::string new_path;
    for (const Elf64_Dyn& each : entries) {
      const auto text = [&] { return text_at(table + each.d_un.d_val, longest); };
      switch (each.d_tag) {
        case DT_NEEDED:
          add_needed(text());
          break;
        case DT_SONAME:
          out_.soname = text();
          break;
        case DT_RPATH:
          old_path = text();
          break;
        case DT_RUNPATH:
          new_path = text();
          break;
        case DT_FLAGS_1:
          out_.no_default = (each.d_un.d_val & DF_1_NODEFLIB) != 0;
          break;
        default:
          break;
      }
    }
    out_.run_path = split(new_path.empty() ? old_path : new_path);
  }

  void add_needed(std::string name) {
    whole_ &= !name.empty();
    if (out_.needed.size() < most_names) {
      out_.needed.push_back(std::move(name));
    }
  }

  const ReadAt& read_;
  std::vector<Elf64_Phdr> headers_;
  Elf out_;
  bool whole_ = true;
};
}  // namespace

bool is_elf(std::string_view head) {
  return head.substr(0, SELFMAG) == ELFMAG;
}

ElfKind elf_kind(const ReadAt& read) {
  const auto header = value_at<Elf64_Ehdr>(read(0, sizeof(Elf64_Ehdr)), 0);
  if (our_machine == EM_NONE || (header && is_compatible(*header))) {
    return ElfKind::own;
  }
  if (!header) {
    return ElfKind::truncated;
  }
  if (header->e_ident[EI_CLASS] != ELFCLASS64 || header->e_machine != our_machine) {
    return ElfKind::foreign;
  }
  const std::size_t size = header->e_phnum * sizeof(Elf64_Phdr);
  const std::string bytes = is_ours(*header) ? read(header->e_phoff, size) : std::string();
  const auto segments = values<Elf64_Phdr>(bytes);
  const bool is_whole = size > 0 && bytes.size() == size &&
                        std::ranges::all_of(segments, [&read](const Elf64_Phdr& each) {
                          return each.p_type != PT_LOAD || each.p_filesz == 0 ||
                                 read(each.p_offset + each.p_filesz - 1, 1).size() == 1;
                        });
  return is_whole ? ElfKind::own : ElfKind::truncated;
}

std::optional<Elf> elf(const ReadAt& read) {
  const std::string head = read(0, sizeof(Elf64_Ehdr));
  const auto header = value_at<Elf64_Ehdr>(head, 0);
  if (!is_elf(head) || !header || !is_ours(*header)) {
    return std::nullopt;
  }
  const std::size_t size = header->e_phnum * sizeof(Elf64_Phdr);
  const std::string bytes = read(header->e_phoff, size);
  return bytes.size() == size ? Reader(read, values<Elf64_Phdr>(bytes)).take() : std::nullopt;
}
}  // namespace checklist::parse
