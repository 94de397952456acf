export { convolve } from './convolve';
export { pool } from './pool';
export { addTables, maxWithZero, placeColumns } from './tables';
