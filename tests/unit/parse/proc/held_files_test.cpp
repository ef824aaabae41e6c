// SPDX-License-Identifier: MIT
#include "parse/proc/held_files.hpp"

#include <string>

#include <gtest/gtest.h>

namespace checklist::parse {
namespace {
std::string line(const std::string& access, const std::string& inode, const std::string& path) {
  return "7f0c8a400000-7f0c8a5f5000 " + access + " 00000000 08:01 " + inode +
         "                    " + path;
}

TEST(RemovedProgram, IsAMappedProgramOrLibraryWhoseFileIsGone) {
  EXPECT_EQ(removed_program(line("r-xp", "12", "/usr/lib/libssl.so.3 (deleted)")),
            "/usr/lib/libssl.so.3");
  EXPECT_EQ(removed_program(line("r-xp", "12", "/opt/a b/server (deleted)")), "/opt/a b/server");
}

TEST(RemovedProgram, IsNoneThatIsThereOrThatIsNotExecuted) {
  EXPECT_FALSE(removed_program(line("r-xp", "12", "/usr/lib/libssl.so.3")));
  EXPECT_FALSE(removed_program(line("r--p", "12", "/usr/lib/libssl.so.3 (deleted)")));
  EXPECT_FALSE(removed_program(line("rw-s", "12", "/var/lib/x/data.mdb (deleted)")));
  EXPECT_FALSE(removed_program(""));
  EXPECT_FALSE(removed_program("7f0c-7f0d r-xp"));
}

TEST(RemovedProgram, IsNothingThatAProgramGenerates) {
  for (const char* path : {"/memfd:runc_cloned:/proc/self/exe", "/SYSV00000000", "/[aio]",
                           "/drm mm object", "/dev/zero", "/dev/shm/jit", "/tmp/.libffi/x.so",
                           "/var/tmp/jna-1.so", "/run/user/1000/orcexec.x"}) {
    EXPECT_FALSE(removed_program(line("r-xp", "12", std::string(path) + " (deleted)"))) << path;
  }
  EXPECT_FALSE(removed_program(line("r-xp", "0", "[vdso]")));
}

TEST(InstalledProgram, IsOneBelowThePlacesOfPackages) {
  EXPECT_TRUE(is_installed_program("/usr/sbin/nginx"));
  EXPECT_TRUE(is_installed_program("/nix/store/x-openssl/lib/libssl.so.3"));
  EXPECT_FALSE(is_installed_program("/opt/app/native.so"));
  EXPECT_FALSE(is_installed_program("/usrlocal/x"));
}

TEST(ListeningSockets, AreThoseOfTheListenState) {
  const std::string tcp =
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout "
      "inode\n"
      "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 "
      "4711 1 0000000000000000 100 0 0 10 0\n"
      "   1: 0100007F:1F90 0100007F:A0B2 01 00000000:00000000 00:00000000 00000000     0        0 "
      "4712 1 0000000000000000 100 0 0 10 0\n";
  EXPECT_EQ(listening_inet_sockets(tcp), std::set<std::uint64_t>{4711});
  const std::string unix_table =
      "Num       RefCount Protocol Flags    Type St Inode Path\n"
      "0000000000000000: 00000002 00000000 00010000 0001 01 815 /run/x.sock\n"
      "0000000000000000: 00000003 00000000 00000000 0001 03 816\n";
  EXPECT_EQ(listening_unix_sockets(unix_table), std::set<std::uint64_t>{815});
  EXPECT_TRUE(listening_inet_sockets("").empty());
}

TEST(SocketInode, IsThatOfALinkToASocket) {
  EXPECT_EQ(socket_inode("socket:[4711]"), 4711U);
  EXPECT_FALSE(socket_inode("pipe:[4711]"));
  EXPECT_FALSE(socket_inode("socket:[]"));
}
}  // namespace
}  // namespace checklist::parse
