// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.30;

interface Token {
    function transfer(address to, uint256 value) external returns (bool);
    function transferFrom(address from, address to, uint256 value) external returns (bool);
}

// Pays several recipients in one transaction, as payroll contracts and smart wallets do: the transaction's `to` is this
// contract and not the token, and its receipt holds several Transfers.
contract Batch {
    // From the caller, who has approved this contract.
    function payFromCaller(Token token, address[] calldata recipients, uint256[] calldata values) external {
        for (uint256 i = 0; i < recipients.length; i++) {
            require(token.transferFrom(msg.sender, recipients[i], values[i]), "Batch: refused");
        }
    }

    // From what this contract holds.
    function payFromHoldings(Token token, address[] calldata recipients, uint256[] calldata values) external {
        for (uint256 i = 0; i < recipients.length; i++) {
            require(token.transfer(recipients[i], values[i]), "Batch: refused");
        }
    }
}
