/** The private collection of account numbers, with finance and construction as its members. */
export const ACCOUNTS = 'accounts'
