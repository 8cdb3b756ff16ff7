/** The release of the rules: raised whenever a verdict could come out otherwise. A record says under which it was judged. */
export const RULES_RELEASE = '1'
