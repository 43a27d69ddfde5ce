import { eachProvider, providerList, whole } from '../facts/providers.ts'
import { defineRule } from '../kit/rule.ts'

/** Those with a logo in the default template of MAS (`crates/config/src/sections/upstream_oauth2.rs`, `brand_name`). */
const brands = ['apple', 'google', 'facebook', 'github', 'gitlab', 'twitter', 'discord']

export const providerBrand = defineRule({
  id: 'providers/brand',
  severity: 'notice',
  stages: ['prepared', 'live'],
  why: 'MAS shows a logo for the brands that it knows; any other text is allowed and shows none.',
  remedy: `Use one of ${brands.join(', ')}, in small letters; or leave it out, and give a \`human_name\`.`,
  examples: {
    wrong: [providerList(...whole, 'brand_name: keycloak'), providerList(...whole, 'brand_name: Google')],
    right: [
      providerList(...whole, 'brand_name: google'),
      providerList(...whole, 'brand_name: "{{ brand }}"'),
      providerList(...whole, 'brand_name:'),
    ],
  },
  check: ({ host }) =>
    eachProvider(host).flatMap(({ name, part, text }) => {
      const [place, brand] = [part('brand_name')?.place, text('brand_name')]
      if (!place || brand === undefined || brands.includes(brand)) return []
      return [{ message: `MAS has no logo for the \`brand_name\` of ${name}`, place }]
    }),
})
