#!/bin/sh
# Ends the nodes when the process that started them is gone, however it went: its end of our standard input closes with
# it. Lines on the input: "watch PID", "forget PID", and "quit" where everything has been ended in good order.
trap '' INT TERM HUP
pids=''
while read -r verb pid; do
  case "$verb" in
    watch) pids="$pids $pid" ;;
    forget)
      rest=''
      for one in $pids; do [ "$one" = "$pid" ] || rest="$rest $one"; done
      pids="$rest"
      ;;
    quit) exit 0 ;;
  esac
done
for one in $pids; do kill -TERM "$one" 2>/dev/null; done
sleep 3
for one in $pids; do kill -KILL "$one" 2>/dev/null; done
exit 0
