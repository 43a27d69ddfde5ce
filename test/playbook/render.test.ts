import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseEvents } from '../../src/playbook/events.ts'
import { collect } from '../../src/playbook/outcome.ts'
import { readDeleted, renderedFiles } from '../../src/playbook/render.ts'
import { hasRecordings, recording } from '../recordings.ts'
import { host, resultLine } from './fixtures.ts'

const render = (...lines: string[]) => renderedFiles(collect(lines.flatMap(parseEvents)).results, host)

function written(path: string, before: string | undefined, after: string, changed = true): string {
  return resultLine('ok', `custom/x : Write ${path}`, {
    action: 'ansible.builtin.template',
    changed,
    diff: [
      before === undefined
        ? { before: '', after, after_header: '/home/runner/.ansible/tmp/x.j2' }
        : { before, after, before_header: path, after_header: '/home/runner/.ansible/tmp/x.j2' },
    ],
    invocation: { module_args: { dest: path, mode: '0644', owner: 991, group: 'matrix' } },
  })
}

describe('renderedFiles', () => {
  it('has both sides of a changed file, with mode and owner', () => {
    expect(render(written('/matrix/a', 'x\n', 'y\n')).files).toEqual([
      { path: '/matrix/a', before: 'x\n', after: 'y\n', mode: '0644', owner: '991:matrix' },
    ])
  })

  it('distinguishes a new file from an empty one', () => {
    const { files } = render(written('/matrix/new', undefined, 'y'), written('/matrix/empty', '', 'y'))
    expect(files).toMatchObject([{ path: '/matrix/new' }, { path: '/matrix/empty', before: '' }])
    expect(files[0]?.before).toBeUndefined()
  })

  it('lists a deleted file, whose content is read from the disk', async () => {
    const { files } = render(
      resultLine('ok', 'custom/x : Remove', {
        action: 'ansible.builtin.file',
        changed: true,
        path: '/matrix/synapse/ext/y.py',
        diff: {
          before: { path: '/matrix/synapse/ext/y.py', state: 'file' },
          after: { path: '/matrix/synapse/ext/y.py', state: 'absent' },
        },
      }),
    )
    expect(files).toEqual([{ path: '/matrix/synapse/ext/y.py', deleted: true }])
    expect(await readDeleted(files, async () => 'content')).toMatchObject([
      { deleted: true, before: 'content' },
    ])
  })

  it('keeps the content on disk as `before` if two tasks write the same file', () => {
    const lines = [written('/matrix/a', 'disk', 'one'), written('/matrix/a', 'disk', 'two')]
    expect(render(...lines).files).toMatchObject([{ before: 'disk', after: 'two' }])
  })

  it('ignores pulled images, reordered lines of the companion and unchanged files', () => {
    const pull = resultLine('ok', 'Pull', {
      action: 'community.docker.docker_image_pull',
      changed: true,
      diff: { before: { id: 'a' }, after: { id: 'unknown' } },
    })
    const companion = '/matrix/synapse-reverse-proxy-companion/nginx/conf.d/reverse-proxy-companion.conf'
    expect(
      render(pull, written(companion, 'a\nb\n', 'b\na\n'), written('/matrix/a', 'x', 'x', false)),
    ).toEqual({
      files: [],
      unreadable: [],
    })
    expect(render(written(companion, 'a\nb\n', 'b\nc\n')).files).toHaveLength(1)
  })

  it('ignores reordered blocks of the companion, even if the first has more indentation', () => {
    const companion =
      '/matrix/synapse/reverse-proxy-companion/conf.d/matrix-synapse-reverse-proxy-companion.conf'
    const blocks = (...paths: string[]) =>
      `\t\t${paths.map(path => `\tlocation ${path} {\n\t\tproxy_pass http://w;\n\t}\n`).join('')}`
    const [one, other] = [blocks('/a', '/b', '/c'), blocks('/c', '/a', '/b')]
    expect(render(written(companion, one, other)).files).toEqual([])
    expect(render(written(companion, one, blocks('/c', '/a', '/d'))).files).toHaveLength(1)
  })

  it('lists files that Ansible withholds and changes other than files', () => {
    const large = resultLine('ok', 'Large', {
      action: 'ansible.builtin.copy',
      changed: true,
      dest: '/matrix/large',
      diff: [{ dst_larger: 104_448, before_header: '/matrix/large' }],
    })
    const mode = resultLine('ok', 'Mode', {
      action: 'ansible.builtin.file',
      changed: true,
      path: '/matrix/x',
      diff: { before: { path: '/matrix/x', mode: '0600' }, after: { path: '/matrix/x', mode: '0640' } },
    })
    expect(render(large, mode)).toEqual({ files: [], unreadable: ['/matrix/large'] })
  })

  it('includes only changed items of a loop, and nothing of another host', () => {
    const item = (path: string, changed: boolean) => ({
      changed,
      diff: [{ before: 'x', after: 'y', before_header: path }],
      invocation: { module_args: { dest: path } },
    })
    const loop = resultLine('ok', 'Loop', {
      action: 'ansible.builtin.template',
      changed: true,
      results: [item('/a', true), item('/b', false)],
    })
    expect(render(loop).files.map(file => file.path)).toEqual(['/a'])
    expect(renderedFiles(collect(parseEvents(loop)).results, 'other.example.test').files).toEqual([])
  })
})

const recorded = () => {
  const read = (name: string) =>
    render(...readFileSync(recording(`playbook-real/${name}`), 'utf8').split('\n'))

  it('finds the four files that the migration changes', () => {
    const { files, unreadable } = read('render.jsonl')
    expect(files.map(file => file.path).sort()).toEqual([
      '/etc/systemd/system/matrix-synapse.service',
      '/matrix/matrix-authentication-service/config/labels',
      '/matrix/synapse/bin/register-user',
      '/matrix/synapse/config/homeserver.yaml',
    ])
    expect(unreadable).toEqual([])
    expect(files.every(file => file.before && file.after && file.mode)).toBe(true)
  })

  it('finds no file without drift', () => {
    expect(read('drift-after-rb.jsonl')).toEqual({ files: [], unreadable: [] })
  })
}
if (hasRecordings) describe('recordings of the real playbook', recorded)
