// SPDX-License-Identifier: MIT
#include "config/json.hpp"

#include <algorithm>
#include <iterator>

#include <nlohmann/json.hpp>

#include "checklist/params/error.hpp"

namespace checklist::config {
namespace {
using nlohmann::json;
using Last = Tokens::Last;
constexpr std::size_t deepest = 32;
constexpr std::size_t longest_pointer =
    1024;  // a file of many members below a long key needs memory for each of them

// An input iterator that counts the characters read: nlohmann's events carry no offsets.
class Counted {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  Counted(const char* at, std::size_t* read) : at_(at), read_(read) {}

  reference operator*() const { return *at_; }

  Counted& operator++() {
    ++at_;
    ++*read_;
    return *this;
  }

  bool operator==(const Counted& other) const { return at_ == other.at_; }

 private:
  const char* at_;
  std::size_t* read_;
};

// Builds the tree from nlohmann's events.
class Builder : public json::json_sax_t {
 public:
  Builder(const std::string& text, const std::size_t& read, std::size_t most_members)
      : tokens_(text), read_(read), most_members_(most_members) {}

  bool null() override { return scalar({}); }

  bool boolean(bool flag) override { return scalar({flag}); }

  bool number_integer(std::int64_t number) override { return this->number({number}); }

  bool number_unsigned(std::uint64_t number) override { return this->number({number}); }

  bool number_float(double number, const std::string& /*spelling*/) override {
    return this->number({number});
  }

  bool string(std::string& text) override {
    note_place();
    refuse_nul(text);
    tokens_.take(Last::value, read_);
    return put({std::move(text)});
  }

  bool binary(json::binary_t& /*bytes*/) override { return false; }

  bool start_object(std::size_t /*size*/) override { return open({Dict{}}); }

  bool end_object() override { return close(); }

  bool start_array(std::size_t /*size*/) override { return open({Values{}}); }

  bool end_array() override { return close(); }

  bool key(std::string& name) override {
    Open& object = open_.back();
    enter(object, pointer_token(name));
    if (object.value.get<Dict>()->contains(name)) {
      out_.errors.push_back({tokens_.next(), here_, "expected each key once, found a duplicate"});
    }
    if (object.value.get<Dict>()->size() == most_members_) {
      out_.errors.push_back(
          {tokens_.next(), object.pointer,
           "expected at most " + std::to_string(most_members_) + " keys in an object, found more"});
      return false;
    }
    refuse_nul(name);
    object.key = std::move(name);
    tokens_.take(Last::key, read_);
    return true;
  }

  bool parse_error(std::size_t position, const std::string& /*token*/,
                   const json::exception& error) override {
    constexpr int out_of_range = 406;
    const auto inside = open_.empty()                               ? Tokens::Inside::nothing
                        : open_.back().value.get<Dict>() != nullptr ? Tokens::Inside::object
                                                                    : Tokens::Inside::list;
    // The exception's text alone distinguishes an invalid token from a misplaced one.
    const bool in_string =
        std::string_view(error.what()).find("invalid string") != std::string::npos;
    JsonError found = tokens_.error(inside, position,
                                    in_string ? Tokens::Within::string : Tokens::Within::no_token);
    if (error.id == out_of_range) {
      found.message = "expected a number that fits into 64 bits, found a larger one";
    }
    out_.errors.push_back(std::move(found));
    return false;
  }

  Json take() { return std::move(out_); }

 private:
  struct Open {
    Value value;
    std::string pointer;
    std::string key;  // of an object's next value
    bool has_place = true;
  };

  // Sets the place of what begins, and records its offset. Beyond the longest pointer the place is
  // that of the nearest object or list.
  void enter(const Open& parent, const std::string& token) {
    here_ = parent.pointer;
    has_place_ = parent.has_place && here_.size() + token.size() < longest_pointer;
    if (has_place_) {
      here_ += "/" + token;
      out_.offsets[here_] = tokens_.next();
    }
  }

  // Records the offset of the value that begins; a member has the offset of its key, see key().
  void note_place() {
    if (open_.empty()) {
      out_.offsets[here_] = tokens_.next();
    } else if (const auto* list = open_.back().value.get<Values>()) {
      enter(open_.back(), std::to_string(list->size()));
    }
  }

  void refuse_nul(const std::string& text) {
    if (text.find('\0') != std::string::npos) {
      out_.errors.push_back(
          {out_.offsets[here_], here_, "expected a string without NUL, found one"});
    }
  }

  bool scalar(Value value) {
    note_place();
    tokens_.take(Last::value, read_);
    return put(std::move(value));
  }

  bool number(Value value) {
    note_place();
    tokens_.take_number();
    return put(std::move(value));
  }

  bool open(Value container) {
    note_place();
    if (open_.size() == deepest) {
      out_.errors.push_back(
          {tokens_.next(), here_, "expected at most 32 levels of nesting, found more"});
      return false;
    }
    tokens_.take(Last::opening, read_);
    open_.push_back(
        {.value = std::move(container), .pointer = here_, .key = {}, .has_place = has_place_});
    return true;
  }

  bool close() {
    Value done = std::move(open_.back().value);
    open_.pop_back();
    tokens_.take(Last::value, read_);
    return put(std::move(done));
  }

  bool put(Value value) {
    if (open_.empty()) {
      out_.value = std::move(value);
    } else if (auto* list = std::get_if<Values>(&open_.back().value.as)) {
      list->push_back(std::move(value));
    } else if (auto* dict = std::get_if<Dict>(&open_.back().value.as)) {
      dict->insert_or_assign(open_.back().key, std::move(value));
    }
    return true;
  }

  Tokens tokens_;
  const std::size_t& read_;
  std::size_t most_members_;  // of an object
  std::vector<Open> open_;
  std::string here_;       // the pointer of the current member or element
  bool has_place_ = true;  // false: `here_` is that of an object or list around it
  Json out_;
};

json as_json(const Value& value) {
  struct Convert {
    json operator()(std::monostate /*null*/) const { return nullptr; }

    json operator()(bool b) const { return b; }

    json operator()(std::int64_t n) const { return n; }

    json operator()(std::uint64_t n) const { return n; }

    json operator()(double d) const { return d; }

    json operator()(const std::string& s) const { return s; }

    json operator()(const Values& list) const {
      json out = json::array();
      std::ranges::transform(list, std::back_inserter(out), as_json);
      return out;
    }

    json operator()(const Dict& dict) const {
      json out = json::object();
      for (const auto& [key, each] : dict) {
        out[key] = as_json(each);
      }
      return out;
    }
  };

  return std::visit(Convert{}, value.as);
}
}  // namespace

Json parse_json(const std::string& text, std::size_t most_members) {
  if (auto error = encoding_error(text)) {
    return {.value = {}, .offsets = {}, .errors = {std::move(*error)}};
  }
  std::size_t read = 0;
  Builder builder(text, read, most_members);
  const bool whole = json::sax_parse(Counted(text.data(), &read),
                                     Counted(text.data() + text.size(), &read), &builder);
  Json out = builder.take();
  if (!whole) {
    out.value.reset();
  }
  return out;
}

std::string print_json(const Value& value) {
  return as_json(value).dump(2, ' ', false, json::error_handler_t::replace);
}
}  // namespace checklist::config
