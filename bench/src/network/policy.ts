/** Each transaction is simulated and signed by every department that runs a node. */
export const allThree = "AND('FinanceMSP.peer','AuditMSP.peer','ConstructionMSP.peer')"
