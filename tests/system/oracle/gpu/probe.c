// SPDX-License-Identifier: MIT
// Opens a path read-only, write-only and read-write and prints what came of each: "r ENXIO".
//   probe PATH [stay]    with "stay" it waits to be ended afterwards
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *tried(const char *path, int access) {
  const int fd = open(path, access | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (fd >= 0) {
    close(fd);
    return "OK";
  }
  return strerrorname_np(errno);
}

int main(int count, char **arguments) {
  if (count < 2) {
    return 2;
  }
  printf("r %s\n", tried(arguments[1], O_RDONLY));
  printf("w %s\n", tried(arguments[1], O_WRONLY));
  printf("rw %s\n", tried(arguments[1], O_RDWR));
  fflush(stdout);
  if (count > 2 && strcmp(arguments[2], "stay") == 0) {
    pause();
  }
  return 0;
}
