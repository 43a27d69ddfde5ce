/** The part of Eleventy, and of its markdown-it, that the site uses. They have no types of their own. */
declare module '@11ty/eleventy' {
  interface Token {
    readonly type: string
    content: string
    readonly children: readonly Token[] | null
    attrGet(name: string): string | null
    attrSet(name: string, value: string): void
  }
  interface MarkdownIt {
    readonly core: {
      readonly ruler: {
        push(
          name: string,
          rule: (state: { readonly tokens: readonly Token[]; readonly env: unknown }) => void,
        ): void
      }
    }
  }
  interface Config {
    addTemplate(path: string, content: string, data: object): void
    amendLibrary(engine: 'md', amend: (markdown: MarkdownIt) => void): void
    setQuietMode(isQuiet: boolean): void
    setTemplateFormats(formats: string): void
    setUseGitIgnore(isUsed: boolean): void
  }
  export default class Eleventy {
    constructor(
      input: string,
      output: string,
      options: { readonly configPath: null; readonly config: (config: Config) => void },
    )
    write(): Promise<unknown>
  }
  export type { Config, MarkdownIt, Token }
}
