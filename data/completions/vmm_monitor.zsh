#compdef vmm_monitor
# SPDX-License-Identifier: MIT
# vmm_monitor: completion for zsh.

# The ids of the results that are kept: the only lines of the list that begin with a time.
_vmm_monitor_results () {
  local -a ids
  ids=(${${(M)${(f)"$(vmm_monitor list 2>/dev/null)"}:#<->T*Z*}%% *} last)
  _alternative "results:result:compadd -a ids" 'files:file:_files'
}

_vmm_monitor () {
  local -a verbs help show_others
  verbs=(
    'host:say which machine and VMM this is'
    'turns:measure by turns with other guests'
    'before:measure before a change'
    'after:measure after it and compare'
    'list:list the results that are kept'
    'show:show a result again'
    'export:write a result for other programs'
    'import:keep results of other machines'
    'label:give a result another label'
    'delete:delete results'
    'compare:compare results'
    'history:tell how this machine was over days'
    'watch:measure for weeks'
    'serve:measure by a timetable'
    'fleet:show the guests of a Prometheus'
    'peer:answer the --network-peer of another guest'
  )
  help=('(- *)'{-h,--help}'[print help]')
  show_others=('--paste[a block of a few lines to paste]' '--markdown[the same as Markdown]' \
    '--html=[a page that needs nothing else]:file:_files' '--card=[a picture]:file:_files')

  if (( CURRENT == 2 )) && [[ $PREFIX != -* ]]; then
    _describe -t commands command verbs
    return
  fi
  if (( CURRENT > 2 )) && [[ $words[2] != -* ]]; then
    local command=$words[2]
    shift words
    (( CURRENT-- ))
    case $command in
      host)
        _arguments $help '--json[print JSON]' "--cloud[ask the cloud's metadata service, too]" \
          '--cloud-events[and ask it what is announced]' \
          '--scratch=[where the disk probes put their file]:directory:_files -/' \
          '--sysroot=[read another machine]:directory:_files -/' ;;
      turns)
        _arguments $help '--for=[end after that time]:time (10min):' \
          '--until=[end when the mean is known so well]:percent:' \
          "--unsynchronised[trust this guest's clock]" \
          '--guided[of two VMs only one can run]' ':K/N:' ;;
      before | after) _arguments $help ':label:' ;;
      list) _arguments $help '--json[print JSON]' ;;
      show) _arguments $help '--json[print JSON]' ':result:_vmm_monitor_results' ;;
      export)
        _arguments $help '(--csv --prometheus --openmetrics)--json[for import elsewhere]' \
          '(--json --prometheus --openmetrics)--csv[for spreadsheets]' \
          '(--json --csv --openmetrics)--prometheus[for monitoring]' \
          '(--json --csv --prometheus)--openmetrics[to fill a time series database]' \
          $show_others ':result:_vmm_monitor_results' ':file:_files' ;;
      import) _arguments $help '*:file:_files' ;;
      label) _arguments $help ':result:_vmm_monitor_results' ':text:' ;;
      delete) _arguments $help '(-y --yes)'{-y,--yes}'[do not ask]' '*:result:_vmm_monitor_results' ;;
      history)
        _arguments $help '--since=[how far back]:time (30d):' '--label=[only measurements with this label]:text:' \
          '--sysroot=[take the machine from this directory instead of /]:directory:_files -/' '--json[print JSON]' ;;
      watch)
        _arguments $help '--every=[time from one window to the next]:time:' '--once[measure one window, and end]' ;;
      serve)
        _arguments $help '--textfile=[where the figures are written]:file:_files' \
          '--push=[where they are sent]:url:' '--push-password=[for that]:file:_files' \
          '--push-ca=[certificates to trust there]:file:_files' \
          '--listen=[answer who collects]:address:(127.0.0.1\:9780)' \
          '--tls-cert=[the certificate of that address]:file:_files' '--tls-key=[its key]:file:_files' \
          '--password=[who may read]:file:_files' '--open[whoever reaches that address may read]' \
          '--every=[time from one window to the next]:time:' '--once[measure one window now, and end]' ;;
      fleet)
        _arguments $help '--sort=[by this column]:column:(guest host vmm type score stolen quality heard)' \
          '--reverse[the best first]' '--by-host[guests of one host together]' \
          '--filter=[only those that have this in a name]:text:' '--top=[only the first]:number:' \
          '--watch=[ask again every so many seconds]:seconds:' '--json[print JSON]' \
          '--password=[for the server]:file:_files' '--ca=[certificates to trust]:file:_files' ':url:' ':guest:' ;;
      peer)
        _arguments $help '--listen=[only at this address]:address:(127.0.0.1\:9781)' '--minutes=[end after so many]:number:' ;;
      compare)
        _arguments $help '--by=[make sides of all that are kept]:side:(vmm label)' \
          '--json[print JSON]' $show_others '*:result:_vmm_monitor_results' ;;
    esac
    return
  fi

  _arguments -s $help \
    '(-t --terminal -w --window)'{-t,--terminal}'[measure in the terminal]' \
    '(-t --terminal -w --window)'{-w,--window}'[measure in the window]' \
    '--fleet=[show the guests of this Prometheus in the window]:url:' \
    '(-d --duration)'{-d+,--duration=}'[length of the measurement]:seconds (30):' \
    '(-i --interval)'{-i+,--interval=}'[time between readings]:milliseconds (1000):' \
    '(-p --passive)'{-p,--passive}'[only watch\: no probes, no score]' \
    '--light[no bursts\: for a guest that serves others]' \
    '--ping-target=[whom to ping]:address:(cloud none)' \
    '--network-peer=[measure TCP with this guest]:address:' \
    "--cloud[ask the cloud's metadata service, too]" '--cloud-events[and ask it what is announced]' \
    '(-l --label)'{-l+,--label=}'[words to find this run again by]:label:' \
    '(-n --repeat)'{-n+,--repeat=}'[measure several times]:number:' \
    '--pause=[wait between them]:seconds:' \
    '--json=[write the result as JSON]:file:_files' \
    '--csv=[write the readings as CSV]:file:_files' \
    '--no-save[do not keep the result]' \
    '(-q --quiet)'{-q,--quiet}'[print the score line alone]' \
    '--scratch=[where the disk probes put their file]:directory:_files -/' \
    '--sysroot=[read another machine]:directory:_files -/' \
    '--probes[run the probes although --sysroot is given]' \
    '(- *)'{-V,--version}'[print the version]'
}

_vmm_monitor "$@"
