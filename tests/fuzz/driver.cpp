// SPDX-License-Identifier: MIT
// Runs a target under libFuzzer. Some inputs are tried a second time with pieces of them repeated
// up to the longest input that the program accepts, which finds what is slow, deep or large only
// then.
#include <algorithm>
#include <ctime>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "fuzz/fuzz.hpp"

namespace {
using checklist::fuzz::longest;
// A release build may take a second; the sanitizers make it three to four times slower.
constexpr double most_seconds = 4;
constexpr std::size_t longest_piece = 16;
constexpr std::size_t bytes_per_try = 4096;  // longer inputs are repeated less often

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

void run_in_time(const std::string& input) {
  const double begin = cpu_seconds();
  checklist::fuzz::run(input);
  const double taken = cpu_seconds() - begin;
  if (taken > most_seconds) {
    std::fprintf(stderr, "an input of %zu bytes takes %.1f s\n", input.size(), taken);
    std::abort();
  }
}

std::uint64_t hash_of(std::string_view input) {
  std::uint64_t out = 0xcbf29ce484222325;  // FNV-1a
  for (const char c : input) {
    out = (out ^ static_cast<std::uint8_t>(c)) * 0x100000001b3;
  }
  return out ^ out >> 32U;
}

// Repeats one or two pieces of the input, which the hash decides, in their places.
std::string repeated(const std::string& input, std::uint64_t hash) {
  std::mt19937_64 random(hash);
  std::vector<std::size_t> places(1 + random() % 2);
  std::ranges::generate(places, [&] { return random() % input.size(); });
  std::ranges::sort(places, std::greater());  // an insertion moves what follows it
  std::string out = input;
  for (std::size_t left = places.size(); left > 0; --left) {
    const std::size_t place = places[places.size() - left];
    const std::string piece = input.substr(place, 1 + random() % longest_piece);
    const std::size_t room = (longest - out.size()) / left;
    std::string more;
    more.reserve(room);
    while (more.size() + piece.size() <= room) {
      more += piece;
    }
    out.insert(place, more);
  }
  return out;
}
}  // namespace

// libFuzzer calls these.
extern "C" int LLVMFuzzerInitialize(int* count, char*** arguments);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);

extern "C" int LLVMFuzzerInitialize(int* count, char*** arguments) {
  static std::string most = "-max_len=" + std::to_string(longest);
  static std::vector<char*> all(*arguments, *arguments + *count);
  all.insert(all.begin() + 1, most.data());
  all.push_back(nullptr);
  *arguments = all.data();
  ++*count;
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string input(bytes, bytes + size);
  run_in_time(input);
  const std::uint64_t hash = hash_of(input);
  if (size > 0 && hash % std::max<std::size_t>(longest / bytes_per_try, 16) == 0) {
    run_in_time(repeated(input, hash));
  }
  return 0;
}
