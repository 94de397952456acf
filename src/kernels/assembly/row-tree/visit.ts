/** Offers a row that may be within the limit; gives the limit from then on. */
export declare function visit(row: u32): f64;
