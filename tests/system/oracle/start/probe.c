// SPDX-License-Identifier: MIT
// A program that needs a library of its own.
//   probe [0]    waits to be ended; with "0" it ends at once
#include <unistd.h>

int oracle(void);

int main(int count, char **arguments) {
  if (count > 1 && arguments[1][0] == '0') {
    return oracle();
  }
  pause();
  return 0;
}
