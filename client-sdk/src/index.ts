export type {
  FollowedBlock,
  FollowedCreator,
  FollowedTransaction,
  FollowedWrite,
  FollowOptions,
} from './blocks/followed-block.js'
