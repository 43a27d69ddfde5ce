import { copyImage, docker, hasImage, mustDocker } from '../engine/docker.ts'
import type { Engine } from '../engine/ground.ts'
import { bash, timed } from '../engine/run.ts'
import { debianImage } from './engine-image.ts'
import type { MachineSetup } from './machine.ts'

const name = 'localhost/lab/debian:bookworm'

/** Puts Debian 12 on the engine: from a found engine, else from a registry, else built from Debian's packages. */
export async function provideDebian(engine: Engine, machine: MachineSetup, folder: string): Promise<string> {
  if (await hasImage(engine, name)) return name
  const puller = engine.ground.puller
  if (puller !== undefined) await copyImage(debianImage, puller, engine)
  else if ((await docker(engine, ['pull', '--quiet', debianImage])).code !== 0) {
    await timed('building the image of Debian 12', () => importBootstrapped(engine, machine, folder))
    return name
  }
  await mustDocker(engine, ['tag', debianImage, name])
  return name
}

/** mmdebstrap takes half the time of debootstrap, but only works where Debian's own keys are installed. */
const bootstrap = `
if [ -e /usr/share/keyrings/debian-archive-keyring.gpg ]; then
  TMPDIR=$FOLDER mmdebstrap --quiet --variant=minbase bookworm "$FOLDER/debian.tar" \${MIRROR:+"$MIRROR"} >"$FOLDER/log" 2>&1 ||
    { tail -20 "$FOLDER/log"; exit 1; }
  docker -H "$HOST" import "$FOLDER/debian.tar" "$NAME"
else
  debootstrap --variant=minbase bookworm "$FOLDER/debian" \${MIRROR:+"$MIRROR"} >"$FOLDER/log" 2>&1 ||
    { tail -20 "$FOLDER/log"; exit 1; }
  tar -C "$FOLDER/debian" --exclude=./proc/* --exclude=./sys/* --exclude=./var/cache/apt/archives/*.deb -c . |
    docker -H "$HOST" import - "$NAME"
fi`

function importBootstrapped(engine: Engine, machine: MachineSetup, folder: string): Promise<string> {
  return bash(bootstrap, {
    env: {
      ...process.env,
      FOLDER: folder,
      MIRROR: machine.mirror ?? '',
      HOST: `unix://${engine.socket}`,
      NAME: name,
    },
  })
}
