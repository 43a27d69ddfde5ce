import { enableCompileCache } from 'node:module'

/**
 * Has Node keep the compiled code of what is loaded from now on, and take it from there the next time. In a folder of the
 * user's own: in the one that Node takes by itself, `/tmp`, another user of the machine could put code there. Machines of
 * GitHub's own start empty, where writing it would only cost.
 */
export function keepCompiled(environment: Readonly<Record<string, string | undefined>>): void {
  const { HOME, XDG_CACHE_HOME, RUNNER_ENVIRONMENT } = environment
  const folder = XDG_CACHE_HOME || (HOME && `${HOME}/.cache`)
  if (folder?.startsWith('/') && RUNNER_ENVIRONMENT !== 'github-hosted') {
    enableCompileCache(`${folder}/matrix-auth-actions/compiled`)
  }
}
