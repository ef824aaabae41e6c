// SPDX-License-Identifier: MIT
// Bodies of D-Bus messages of every type, over a socket: the input chooses types and values.
#include <optional>

#include "bus/bus.hpp"
#include "bus/object_path.hpp"
#include "fuzz/fuzz.hpp"
#include "unit/bus/fake_bus.hpp"

namespace checklist::fuzz {
namespace {
using namespace std::chrono_literals;
constexpr int deepest = 24;

// Ends the process if sd-bus refuses what the target built.
void must(int result) {
  require(result >= 0, "sd-bus accepts the message");
}

template <class T>
T number(Input& in) {
  T out{};
  for (std::size_t i = 0; i < sizeof(T); ++i) {
    out = static_cast<T>(static_cast<std::uint64_t>(out) << 8U | in.byte());
  }
  return out;
}

// Returns one complete type.
std::string type(Input& in, int depth) {
  static constexpr std::string_view basic = "bynqiuxtdsog";
  const unsigned choice = in.byte();
  if (depth >= deepest || choice % 16 < basic.size()) {
    return std::string(1, basic[choice % basic.size()]);
  }
  switch (choice % 16) {
    case 12:
      return "a" + type(in, depth + 1);
    case 13:
      return "a{s" + type(in, depth + 1) + "}";
    case 14: {
      std::string out = "(" + type(in, depth + 1);
      for (unsigned more = in.byte() % 4; more > 0; --more) {
        out += type(in, depth + 1);
      }
      return out + ")";
    }
    default:
      return "v";
  }
}

// Returns the end of the complete type that begins at `at`.
std::size_t end_of(const std::string& types, std::size_t at) {
  int open = 0;
  for (;; ++at) {
    open += types[at] == '(' || types[at] == '{'   ? 1
            : types[at] == ')' || types[at] == '}' ? -1
                                                   : 0;
    if (open == 0 && types[at] != 'a') {
      return at + 1;
    }
  }
}

// Returns a text without NUL, of ASCII: sd-bus refuses others.
std::string text(Input& in) {
  std::string out;
  for (unsigned left = in.byte() % 32; left > 0; --left) {
    out += static_cast<char>(' ' + in.byte() % 95);
  }
  return out;
}

Value append(sd_bus_message* m, const std::string& type, Input& in, int depth);

// Appends a value of each of the types.
Values append_all(sd_bus_message* m, const std::string& types, Input& in, int depth) {
  Values out;
  for (std::size_t at = 0; at < types.size();) {
    const std::size_t end = end_of(types, at);
    out.push_back(append(m, types.substr(at, end - at), in, depth));
    at = end;
  }
  return out;
}

template <class Wire, class Plain>
Value append_number(sd_bus_message* m, char type, Input& in) {
  const auto wire = number<Wire>(in);
  must(sd_bus_message_append_basic(m, type, &wire));
  return {static_cast<Plain>(wire)};
}

Value append_text(sd_bus_message* m, char type, std::string text) {
  must(sd_bus_message_append_basic(m, type, text.c_str()));
  return {std::move(text)};
}

// Appends a value of these contents within a container.
template <class Append>
auto within(sd_bus_message* m, char type, const std::string& contents, const Append& append) {
  must(sd_bus_message_open_container(m, type, contents.c_str()));
  auto out = append();
  must(sd_bus_message_close_container(m));
  return out;
}

Value dictionary(sd_bus_message* m, const std::string& entry, Input& in, int depth) {
  const std::string types = entry.substr(1, entry.size() - 2);
  Dict out;
  for (unsigned left = in.byte() % 4; left > 0; --left) {
    within(m, 'e', types, [&] {
      const std::string key = text(in);
      must(sd_bus_message_append_basic(m, 's', key.c_str()));
      out.insert_or_assign(key, append(m, types.substr(1), in, depth + 1));
      return true;
    });
  }
  return {std::move(out)};
}

Value list(sd_bus_message* m, const std::string& type, Input& in, int depth) {
  Values out;
  for (unsigned left = in.byte() % 4; left > 0; --left) {
    out.push_back(append(m, type, in, depth + 1));
  }
  return {std::move(out)};
}

Value append_array(sd_bus_message* m, const std::string& contents, Input& in, int depth) {
  return within(m, 'a', contents, [&] {
    return contents[0] == '{' ? dictionary(m, contents, in, depth) : list(m, contents, in, depth);
  });
}

Value append(sd_bus_message* m, const std::string& type, Input& in, int depth) {
  switch (type[0]) {
    case 'b': {
      const int flag = in.byte() % 2;
      must(sd_bus_message_append_basic(m, 'b', &flag));
      return {flag != 0};
    }
    case 'y':
      return append_number<std::uint8_t, std::uint64_t>(m, 'y', in);
    case 'n':
      return append_number<std::int16_t, std::int64_t>(m, 'n', in);
    case 'q':
      return append_number<std::uint16_t, std::uint64_t>(m, 'q', in);
    case 'i':
      return append_number<std::int32_t, std::int64_t>(m, 'i', in);
    case 'u':
      return append_number<std::uint32_t, std::uint64_t>(m, 'u', in);
    case 'x':
      return append_number<std::int64_t, std::int64_t>(m, 'x', in);
    case 't':
      return append_number<std::uint64_t, std::uint64_t>(m, 't', in);
    case 'd': {
      const double real = number<std::int32_t>(in) / 7.0;  // no NaN, which equals nothing
      must(sd_bus_message_append_basic(m, 'd', &real));
      return {real};
    }
    case 's':
      return append_text(m, 's', text(in));
    case 'o': {
      const std::string name = text(in);
      const std::string path = bus::escaped_path("/a", name);
      require(bus::unescaped_name(path) == name, "an escaped name reads back equal");
      return append_text(m, 'o', path);
    }
    case 'g':
      return append_text(m, 'g', fuzz::type(in, deepest));
    case 'v': {
      const std::string contents = fuzz::type(in, depth + 1);
      return within(m, 'v', contents, [&] { return append(m, contents, in, depth + 1); });
    }
    case 'a':
      return append_array(m, type.substr(1), in, depth);
    default: {
      const std::string contents = type.substr(1, type.size() - 2);
      return within(m, 'r', contents,
                    [&] { return Value{append_all(m, contents, in, depth + 1)}; });
    }
  }
}

// The ends of a bus: a server that answers with what the input says, and the daemon's own client.
class Wire {
 public:
  Wire()
      : server_([this](sd_bus* bus, sd_bus_message* call) { answer(bus, call); }),
        client_(loop_, bus::Scope::system, [] {}) {}

  void exchange(std::string_view input) {
    input_ = input;
    std::optional<bus::Reply> reply;
    client_.call(
        {.destination = ":1.1", .path = "/a", .interface = "a.b", .member = "C", .arguments = {}},
        [&reply](const bus::Reply& got) { reply = got; });
    require(loop_.run_until([&reply] { return reply.has_value(); }, 60s), "a call is answered");
    require(reply->error.empty() && reply->body == sent_, "a body is decoded as it was written");
  }

 private:
  void answer(sd_bus* bus, sd_bus_message* call) {
    sd_bus_message* message = nullptr;
    must(sd_bus_message_new_method_return(call, &message));
    must(sd_bus_message_set_sender(message, ":1.1"));
    Input in(input_);
    sent_.clear();
    std::size_t types = 0;  // a signature has at most 255 bytes, and half is enough
    while (!in.empty()) {
      const std::string next = type(in, 0);
      types += next.size();
      if (types > 128) {
        break;
      }
      sent_.push_back(append(message, next, in, 0));
    }
    must(sd_bus_send(bus, message, nullptr));
    sd_bus_message_unref(message);
  }

  std::string_view input_;
  Values sent_;
  testing::FakeBus server_;
  event::Loop loop_;
  bus::Bus client_;
};
}  // namespace

const std::size_t longest = 1024;  // of what the types above are chosen by

void run(std::string_view input) {
  static Wire wire;
  wire.exchange(input);
}
}  // namespace checklist::fuzz
