# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# Reads the free memory of the GPU; if it is below the limit, asks ollama to unload its models.

# Prints the free MiB of the fullest GPU; nothing if no tool reports it.
free_memory() {
  if [ -x "$NVIDIA_SMI" ]; then
    "$NVIDIA_SMI" --query-gpu=memory.free --format=csv,noheader,nounits | sort -n | head -n 1
    return
  fi
  for card in /sys/class/drm/card*/device; do
    [ -r "$card/mem_info_vram_total" ] || continue
    echo $((($(< "$card/mem_info_vram_total") - $(< "$card/mem_info_vram_used")) >> 20))
  done | sort -n | head -n 1
}

while true; do
  free=$(free_memory) || free=
  if [ -n "$free" ] && [ "$free" -lt "$MINIMUM_FREE" ]; then
    ollama ps | awk 'NR > 1 { print $1 }' | while read -r model; do
      echo "unloading $model: $free MiB of GPU memory are free, wanted are $MINIMUM_FREE"
      ollama stop "$model" || echo "ollama did not unload $model"
    done
  fi
  sleep "$INTERVAL"
done
