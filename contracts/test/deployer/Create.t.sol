// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Deployer, Shell} from "../../src/Deployer.sol";
import {CremaTest} from "../support/CremaTest.sol";

/// @notice Knows another contract that may not be there yet.
contract Friend {
    address public immutable friend;
    address public immutable self = address(this);

    error NoFriend();

    constructor(address friend_) {
        require(friend_ != address(0), NoFriend());
        friend = friend_;
    }
}

contract DeployerCreateTest is CremaTest {
    bytes32 private constant SALT = keccak256("salt");
    Deployer private deployer;

    function setUp() public override {
        super.setUp();
        deployer = new Deployer();
    }

    function test_ShouldCreateWhereItSaid() public {
        address expected = deployer.addressOf(address(this), SALT);
        vm.expectEmit(address(deployer));
        emit Deployer.ContractCreated(address(this), SALT, expected);
        address created = deployer.create(SALT, _friendOf(address(1)));
        vm.assertEq(created, expected, "address");
        vm.assertEq(Friend(created).friend(), address(1), "argument");
        vm.assertEq(Friend(created).self(), created, "self");
    }

    function test_ShouldNotDependOnTheCode() public {
        address one = deployer.create(SALT, _friendOf(address(1)));
        Deployer elsewhere = new Deployer();
        vm.etch(address(deployer), "");
        vm.etch(address(deployer), address(elsewhere).code);
        vm.assertEq(deployer.addressOf(address(this), SALT), one, "same deployer, caller and salt");
    }

    function testFuzz_ShouldGiveEachCallerItsOwnAddresses(address by, bytes32 salt) public {
        vm.assume(by != address(this) && by != address(0));
        vm.assertTrue(deployer.addressOf(by, salt) != deployer.addressOf(address(this), salt), "caller");
        address expected = deployer.addressOf(by, salt);
        vm.prank(by);
        vm.assertEq(deployer.create(salt, _friendOf(by)), expected, "created");
        vm.assertEq(deployer.create(salt, _friendOf(by)), deployer.addressOf(address(this), salt), "ours");
    }

    function test_ShouldLetContractsKnowEachOtherFromBirth() public {
        address second = deployer.addressOf(address(this), "second");
        address first = deployer.create("first", _friendOf(second));
        vm.assertEq(deployer.create("second", _friendOf(first)), second, "second");
        vm.assertEq(Friend(Friend(first).friend()).friend(), first, "a cycle");
    }

    function test_RevertWhenTheSaltIsUsed() public {
        address created = deployer.create(SALT, _friendOf(address(1)));
        vm.expectRevert(
            abi.encodeWithSelector(Deployer.AlreadyCreated.selector, address(this), SALT, created)
        );
        deployer.create(SALT, _friendOf(address(2)));
    }

    function test_RevertWhenTheConstructorRevertsAndLeaveTheSaltFree() public {
        vm.expectRevert(abi.encodeWithSelector(Friend.NoFriend.selector));
        deployer.create(SALT, _friendOf(address(0)));
        vm.assertEq(
            deployer.create(SALT, _friendOf(address(1))), deployer.addressOf(address(this), SALT), "free"
        );
    }

    function test_RevertWhenAnybodyElseUsesTheShell() public {
        Shell shell = new Shell();
        shell.create(_friendOf(address(1)));
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(Shell.NotTheDeployer.selector, stranger));
        shell.create(_friendOf(address(1)));
    }

    function _friendOf(address other) private pure returns (bytes memory) {
        return abi.encodePacked(type(Friend).creationCode, abi.encode(other));
    }
}
