# SPDX-License-Identifier: MIT
# vmm_monitor: completion for bash.

# The ids of the results that are kept: the only lines of the list that begin with a time.
_vmm_monitor_results () {
  vmm_monitor list 2>/dev/null | sed -n 's/^\([0-9]\{8\}T[0-9.]*Z[^ ]*\).*/\1/p'
}

# _vmm_monitor_offer WORD CANDIDATE...
_vmm_monitor_offer () {
  local word=$1
  shift
  mapfile -t COMPREPLY < <(compgen -W "$*" -- "$word")
}

# _vmm_monitor_paths WORD [-d]: files, or directories.
_vmm_monitor_paths () {
  mapfile -t COMPREPLY < <(compgen "${2:--f}" -- "$1")
  compopt -o filenames 2>/dev/null
}

# _vmm_monitor_runs WORD: results, and the files that hold some.
_vmm_monitor_runs () {
  local ids files
  mapfile -t ids < <(compgen -W "last $(_vmm_monitor_results)" -- "$1")
  mapfile -t files < <(compgen -f -- "$1")
  COMPREPLY=("${ids[@]}" "${files[@]}")
  [ ${#files[@]} -eq 0 ] || compopt -o filenames 2>/dev/null
}

_vmm_monitor () {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} options n=0 i
  COMPREPLY=()

  # "--by=vmm" is three words to bash.
  if [ "$word" = = ]; then
    word=
  elif [ "$before" = = ]; then
    before=${COMP_WORDS[COMP_CWORD - 2]}
  fi

  case $before in
    --sort) _vmm_monitor_offer "$word" guest host vmm type score stolen quality heard; return ;;
    --by) _vmm_monitor_offer "$word" vmm label; return ;;
    --ping-target) _vmm_monitor_offer "$word" cloud none; return ;;
    --scratch | --sysroot) _vmm_monitor_paths "$word" -d; return ;;
    --textfile | --tls-cert | --tls-key | --password | --push-password | --push-ca | --ca) _vmm_monitor_paths "$word"; return ;;
    --csv | --json) [ "${COMP_WORDS[1]:0:1}" != - ] || { _vmm_monitor_paths "$word"; return; } ;;
    --duration | --every | --listen | --minutes | --network-peer | --push | --interval | --label | --repeat | --pause | --for | --since | --until | --filter | --top | --watch | --fleet) return ;;
    -d | -i | -l | -n) return ;;
  esac

  case $COMP_CWORD.${COMP_WORDS[1]} in
    1.* | *.-*)
      options='--terminal --window --fleet --duration --interval --passive --light --ping-target --network-peer --cloud --cloud-events --label
        --repeat --pause --json --csv --no-save --quiet --scratch --sysroot --probes --version --help' ;;
    *.host) options='--json --cloud --cloud-events --scratch --sysroot --help' ;;
    *.turns) options='--for --until --unsynchronised --guided --help' ;;
    *.list | *.show) options='--json --help' ;;
    *.export) options='--json --csv --prometheus --openmetrics --paste --markdown --html --card --help' ;;
    *.before | *.after | *.import | *.label) options='--help' ;;
    *.delete) options='--yes --help' ;;
    *.history) options='--since --label --sysroot --json --help' ;;
    *.watch) options='--every --once --help' ;;
    *.serve) options='--textfile --push --push-password --push-ca --listen --tls-cert --tls-key --password --open --every --once --help' ;;
    *.peer) options='--listen --minutes --help' ;;
    *.fleet) options='--sort --reverse --by-host --filter --top --watch --json --password --ca --help' ;;
    *.compare) options='--by --json --paste --markdown --html --card --help' ;;
  esac
  if [ "${word:0:1}" = - ]; then
    _vmm_monitor_offer "$word" "$options"
    return
  fi

  for ((i = 2; i < COMP_CWORD; i++)); do
    [ "${COMP_WORDS[i]:0:1}" = - ] || n=$((n + 1))
  done
  case $COMP_CWORD.${COMP_WORDS[1]}.$n in
    1.*) _vmm_monitor_offer "$word" host turns before after list show export import label delete compare history watch serve fleet peer ;;
    *.import.* | *.export.1) _vmm_monitor_paths "$word" ;;
    *.show.0 | *.export.0 | *.label.0 | *.delete.* | *.compare.*) _vmm_monitor_runs "$word" ;;
  esac
}

complete -F _vmm_monitor vmm_monitor
