export { ordererService } from './orderer-service.js'
export { deliverService } from './peer-service.js'
