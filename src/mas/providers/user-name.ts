/** The filters of MAS that do the same: `urlencode` keeps letters, digits, `_`, `-`, `.` and `/`. */
const cleaned = "trim | urlencode | lower | replace('%2b', '+') | replace('%', '=')"
const [head, tail] = [
  '{% set name %}',
  `{% endset %}{% set name = name | ${cleaned} %}{% if name[:1] == '_' %}=5f{{ name[1:] }}{% else %}{{ name }}{% endif %}`,
]

/**
 * Synapse cleans up what its template makes of the claims: it writes letters of A to Z in lower case, other characters that a Matrix
 * id cannot have as `=` with the hexadecimal UTF-8, and a leading `_` likewise (`map_username_to_mxid_localpart` in
 * synapse/types/__init__.py). MAS refuses such names, so the template itself does that here. The filters are those of
 * crates/handlers/src/upstream_oauth2/template.rs.
 */
export function cleanUserName(template: string): string {
  return head + template + tail
}
