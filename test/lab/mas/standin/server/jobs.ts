import { setTimeout as sleep } from 'node:timers/promises'
import { log } from '../log.ts'
import { fromUlid, newId } from '../ulid.ts'
import { isMapping } from '../yaml-values.ts'
import type { Context } from './context.ts'
import { transaction } from './transaction.ts'

const module = 'mas_tasks::new_queue'
const maxAttempts = 10

interface Job {
  readonly id: string
  readonly name: string
  readonly payload: unknown
  readonly attempt: number
}

/** A failure that trying again will not mend. */
class HopelessError extends Error {}

/** The delay before attempt number n + 1, in milliseconds: 5 s, 10 s, 20 s … */
export function retryDelay(attempt: number): number {
  return 5000 * 2 ** attempt
}

async function takeJob({ pool }: Context): Promise<Job | undefined> {
  const taken = await pool.query<Job>(
    `UPDATE queue_jobs SET status = 'running', started_at = now() WHERE queue_job_id = (
       SELECT queue_job_id FROM queue_jobs
         WHERE status = 'available' OR (status = 'scheduled' AND scheduled_at <= now())
         ORDER BY queue_job_id LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING queue_job_id AS id, queue_name AS name, payload, attempt`,
  )
  return taken.rows[0]
}

async function perform(context: Context, job: Job): Promise<void> {
  const ulid = isMapping(job.payload) ? job.payload.user_id : undefined
  if (typeof ulid !== 'string') throw new HopelessError('no user in the payload')
  const user = fromUlid(ulid)
  const { pool, homeserver } = context
  const found = await pool.query<{ username: string; locked: boolean }>(
    'SELECT username, locked_at IS NOT NULL AS locked FROM users WHERE user_id = $1',
    [user],
  )
  const row = found.rows[0]
  if (row === undefined) throw new HopelessError('User not found')
  if (job.name === 'provision-user') return homeserver.provisionUser(row.username, row.locked)
  if (job.name !== 'sync-devices') throw new HopelessError(`the stand-in does no ${job.name}`)
  const devices = await pool.query<{ device: string }>(
    `SELECT DISTINCT device_id AS device FROM compat_sessions
       WHERE user_id = $1 AND finished_at IS NULL AND device_id IS NOT NULL`,
    [user],
  )
  await homeserver.syncDevices(
    row.username,
    devices.rows.map(({ device }) => device),
  )
}

async function finishJob({ pool }: Context, job: Job): Promise<void> {
  const done = "UPDATE queue_jobs SET status = 'completed', completed_at = now() WHERE queue_job_id = $1"
  await pool.query(done, [job.id])
}

async function failJob({ pool }: Context, job: Job, error: unknown): Promise<void> {
  const reason = error instanceof Error ? error.message : String(error)
  const again = !(error instanceof HopelessError) && job.attempt < maxAttempts
  const next = again ? newId() : null
  const plan = again ? `will retry in ${retryDelay(job.attempt) / 1000}s` : 'not retrying'
  const fields = { error: JSON.stringify(reason), 'job.id': job.id, 'job.queue.name': job.name }
  log('ERROR', { module, line: 960 }, `Job failed, ${plan}`, fields)
  await transaction(pool, async client => {
    if (next !== null) {
      await client.query(
        `INSERT INTO queue_jobs (queue_job_id, queue_name, payload, attempt, status, scheduled_at, created_at)
           SELECT $2, queue_name, payload, attempt + 1, 'scheduled', now() + $3 * interval '1 millisecond', now()
             FROM queue_jobs WHERE queue_job_id = $1`,
        [job.id, next, retryDelay(job.attempt)],
      )
    }
    await client.query(
      `UPDATE queue_jobs SET status = 'failed', failed_at = now(), failed_reason = $2, next_attempt_id = $3
         WHERE queue_job_id = $1`,
      [job.id, reason, next],
    )
  })
}

/** Does what is in the queue until `signal` says to end, looking once a second. */
export async function workQueue(context: Context, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const job = await takeJob(context)
      if (job !== undefined) {
        await perform(context, job).then(
          () => finishJob(context, job),
          error => failJob(context, job, error),
        )
        continue
      }
    } catch (error) {
      // The database is away, or syn2mas has renamed its tables: the next round will see.
      const reason = error instanceof Error ? error.message : String(error)
      log('WARN', { module, line: 480 }, `could not look into the queue: ${reason}`)
    }
    await sleep(1000, undefined, { signal }).catch(() => undefined)
  }
}
