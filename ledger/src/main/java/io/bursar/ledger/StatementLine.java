package io.bursar.ledger;

/**
 * A transfer as one of its accounts sees it.
 *
 * @param change what the line did to the posted balance; zero for a pending leg and for a release
 * @param balance the posted balance after the line
 */
public record StatementLine(Transfer transfer, AccountPath counterparty, long sequence, long change, long balance) {}
