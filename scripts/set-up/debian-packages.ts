import { existsSync } from 'node:fs'
import { output, rootPrefix, run, SetUpError } from './shell.ts'

/** Whether Debian's package tools are here. */
export function isDebian(): boolean {
  return existsSync('/usr/bin/apt-get') && existsSync('/usr/bin/dpkg-query')
}

/** Those of the packages that are not installed. */
export function missingPackages(names: readonly string[]): string[] {
  return names.filter((name) => {
    const status = output('dpkg-query', ['-W', '-f', `\${db:Status-Status}`, name])
    return status !== 'installed'
  })
}

/**
 * Installs Debian packages as a good guest: no service is started by it, none of those that came
 * along is left enabled, nothing that was there is replaced or removed.
 * @throws SetUpError with what to do, when it can't.
 */
export async function installPackages(names: readonly string[]): Promise<void> {
  const missing = missingPackages(names)
  if (missing.length === 0) return
  const asRoot = rootPrefix()
  const byHand = `apt-get install --no-install-recommends ${missing.join(' ')}`
  if (!asRoot)
    throw new SetUpError(`Debian packages are missing and I am not root. Run: sudo ${byHand}`)

  console.log(`Installing Debian packages: ${missing.join(' ')} …`)
  const script = `
set -e
export DEBIAN_FRONTEND=noninteractive
guard=/usr/sbin/policy-rc.d
if [ ! -e "$guard" ]; then
  trap 'rm -f "$guard"' EXIT
  printf '#!/bin/sh\\nexit 101\\n' > "$guard"
  chmod 755 "$guard"
fi
before=$(ls /etc/systemd/system/multi-user.target.wants 2>/dev/null || true)
apt-get -q -q install -y --no-install-recommends --no-remove ${missing.join(' ')} >/tmp/prozvon-apt.log 2>&1 ||
  { apt-get -q -q update && apt-get -q -q install -y --no-install-recommends --no-remove ${missing.join(' ')} >/tmp/prozvon-apt.log 2>&1; } ||
  { tail -5 /tmp/prozvon-apt.log >&2; exit 1; }
for unit in $(ls /etc/systemd/system/multi-user.target.wants 2>/dev/null || true); do
  case " $(echo $before) " in *" $unit "*) ;; *) systemctl disable "$unit" >/dev/null 2>&1 || true ;; esac
done
`
  const [command = 'sh', ...args] = [...asRoot, 'sh', '-c', script]
  if ((await run(command, args)) !== 0) {
    throw new SetUpError(`apt-get could not install the packages. Try: sudo ${byHand}`)
  }
}
