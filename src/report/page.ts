import { deploymentDocument } from './deployment.ts'
import { block, code, type Document, heading, note, paragraph, strong } from './document.ts'
import { healthDocument } from './health.ts'
import { renderHtml } from './html.ts'
import { migrationDocument } from './migration.ts'
import type { Pages } from './pages.ts'
import { rehearsalDocument } from './rehearsal.ts'
import { type Report, statusTerms, statusText } from './report.ts'
import { checkDocument } from './summary.ts'
import { type Reword, rewordDocument } from './words.ts'

/** What is said of a result: in the job's summary, and in the report for people. */
export function documentOf(report: Report, pages?: Pages): Document {
  switch (report.kind) {
    case 'validation':
      return checkDocument(report.verdict, 1000, pages)
    case 'rehearsal':
      return rehearsalDocument(report.hosts, pages)
    case 'health':
      return healthDocument(report.hosts, pages)
    case 'deployment':
      return deploymentDocument(report.deployments, report.failure, pages)
    case 'migration':
      return migrationDocument(report.report, { toRestore: report.toRestore, pages })
    case 'status':
      return [
        heading(2, 'Status of ', code(report.host)),
        paragraph(strong('Next:'), ` ${report.next}`),
        block(statusText(report)),
        note(statusTerms),
      ]
  }
}

const titles: Readonly<Record<Report['kind'], string>> = {
  validation: 'Check of an inventory',
  rehearsal: 'Rehearsal of a migration',
  health: 'Health of Matrix servers',
  deployment: 'Deployment',
  migration: 'Migration of a Matrix server',
  status: 'Status of a Matrix server',
}

/** A result as one HTML file. */
export function reportPage(report: Report, pages?: Pages, reword?: Reword): string {
  return renderHtml(titles[report.kind], rewordDocument(documentOf(report, pages), reword))
}
