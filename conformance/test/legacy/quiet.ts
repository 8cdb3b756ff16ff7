// The client writes every failure that it reports to the terminal as well; the cases provoke many. It reads this
// setting when it is loaded, so this module comes before it.
process.env['HFC_LOGGING'] ??= '{}'
