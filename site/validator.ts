/** The box of docs/check-vars.md: checks what is pasted, in the browser. */
import type { Finding } from '../src/domain/finding.ts'
import { applySuggestion } from '../src/domain/suggestion.ts'
import { ToolkitError } from '../src/support/errors.ts'
import { checkVars, pastedFile } from './check-vars.ts'

const [form, vars, result] = ['validator', 'vars', 'result'].map(id => document.getElementById(id))
if (form && vars instanceof HTMLTextAreaElement && result) {
  form.addEventListener('submit', event => {
    event.preventDefault()
    result.replaceChildren(...outcome(vars))
  })
}

function outcome(vars: HTMLTextAreaElement): readonly Node[] {
  try {
    const { hosts, findings } = checkVars(vars.value)
    const stages = hosts.map(({ stage, reason }) =>
      paragraph(`The vars ask for the stage ${stage} (${reason}).`),
    )
    const list = element('ul')
    list.append(...findings.map(finding => item(finding, vars)))
    return [...stages, ...(findings.length === 0 ? [paragraph('No finding.')] : [list])]
  } catch (error) {
    if (error instanceof ToolkitError) return [paragraph(error.describe())]
    throw error
  }
}

function item(finding: Finding, vars: HTMLTextAreaElement): HTMLElement {
  const { id, severity, message, place, remedy, suggestion } = finding
  const line = place?.file === pastedFile ? `, line ${place.line}` : ''
  const box = element('li')
  box.className = severity
  const page = element('a', id)
  page.href = `rules/${id.replace('/', '-')}.html`
  box.append(element('b', `${severity}${line}: `), ...withCode(`${message}. `), page, paragraph(remedy))
  if (suggestion?.place.file === pastedFile) {
    const fix = element('button', 'Apply the fix')
    fix.type = 'button'
    fix.addEventListener('click', () => {
      vars.value = applySuggestion(vars.value, suggestion)
      vars.form?.requestSubmit()
    })
    box.append(fix)
  }
  return box
}

function paragraph(text: string): HTMLElement {
  const made = element('p')
  made.append(...withCode(text))
  return made
}

/** Messages are Markdown with no other mark than that of code. */
function withCode(text: string): readonly (string | Node)[] {
  return text.split('`').map((part, index) => (index % 2 === 1 ? element('code', part) : part))
}

function element<K extends keyof HTMLElementTagNameMap>(name: K, text = ''): HTMLElementTagNameMap[K] {
  const made = document.createElement(name)
  made.textContent = text
  return made
}
