// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @title Owners
/// @notice The platform's owners and what they decide together. An owner proposes (and thereby approves), others
/// approve, and once as many present owners approve as the quorum demands, any owner executes, within 14 days.
/// An owner is an address and acts by it; it is no participant by being an owner.
/// IMPORTANT: with a quorum equal to the number of owners one lost key ends all voting. Keep it below.
abstract contract Owners {
    /// @notice What can be decided. `account` and `value` of the proposal mean:
    /// ADD_OWNER (the new owner, 0), REMOVE_OWNER (the owner, 0), SET_QUORUM (0, the quorum),
    /// SET_ROLES (the participant, its roles), REINSTATE (the participant, 0), MOVE_IDENTITY (the identity, its new key).
    enum Kind {
        ADD_OWNER,
        REMOVE_OWNER,
        SET_QUORUM,
        SET_ROLES,
        REINSTATE,
        MOVE_IDENTITY
    }

    /// @notice `expires` is the last second in which it can be approved and executed; 0 = no such proposal.
    struct Proposal {
        Kind kind;
        address account;
        uint40 expires;
        bool executed;
        uint256 value;
    }

    /// @notice For how long a proposal can be approved and executed.
    uint40 public constant PROPOSAL_LIFETIME = 14 days;
    /// @notice Bounds what counting the approvals costs.
    uint256 public constant MAX_OWNERS = 32;

    address[] private _owners;
    /// @dev The owner's term, counted over all owners ever added; 0 = no owner. Who is removed and added again
    /// begins a new term, in which approvals of the former one do not count.
    mapping(address => uint64) private _terms;
    uint64 private _lastTerm;
    uint8 private _quorum;
    uint64 private _proposalCount;
    mapping(bytes32 => Proposal) private _proposals;
    /// @dev The term in which an owner approved a proposal; 0 = it does not.
    mapping(bytes32 => mapping(address => uint64)) private _approvals;

    event OwnerAdded(address indexed owner);
    event OwnerRemoved(address indexed owner);
    event QuorumChanged(uint8 quorum);
    event ProposalMade(
        bytes32 indexed proposal,
        Kind kind,
        address indexed account,
        uint256 value,
        address indexed by,
        uint40 expires
    );
    event ProposalApproved(bytes32 indexed proposal, address indexed by);
    event ApprovalWithdrawn(bytes32 indexed proposal, address indexed by);
    event ProposalExecuted(bytes32 indexed proposal, address indexed by);

    error ZeroAccount();
    error NotOwner(address caller);
    error AlreadyOwner(address account);
    error TooManyOwners(uint256 owners, uint256 most);
    error LastOwner(address owner);
    error QuorumOutOfBounds(uint256 quorum, uint256 owners);
    error UnknownProposal(bytes32 proposal);
    error ProposalExpired(bytes32 proposal, uint40 expires, uint256 time);
    error ProposalAlreadyExecuted(bytes32 proposal);
    error AlreadyApproved(bytes32 proposal, address owner);
    error NotApproved(bytes32 proposal, address owner);
    error QuorumNotReached(bytes32 proposal, uint256 approvals, uint8 quorum);
    error UnusedArgument(Kind kind, address account, uint256 value);

    modifier onlyOwner() {
        require(_terms[msg.sender] != 0, NotOwner(msg.sender));
        _;
    }

    /// @param owners_ the first owners, at least one, none twice
    /// @param quorum_ how many of them must approve, from 1 to all
    constructor(address[] memory owners_, uint8 quorum_) {
        for (uint256 i = 0; i < owners_.length; i++) {
            _addOwner(owners_[i]);
        }
        _setQuorum(quorum_);
    }

    /// @notice Puts a decision to the vote. The caller approves it by that.
    /// @return proposal its id; the same decision proposed again is another proposal
    function propose(Kind kind, address account, uint256 value)
        external
        onlyOwner
        returns (bytes32 proposal)
    {
        _requireWellFormed(kind, account, value);
        proposal = keccak256(abi.encode(kind, account, value, ++_proposalCount));
        uint40 expires = uint40(block.timestamp) + PROPOSAL_LIFETIME;
        _proposals[proposal] = Proposal(kind, account, expires, false, value);
        emit ProposalMade(proposal, kind, account, value, msg.sender, expires);
        _approve(proposal);
    }

    /// @notice Approves an open proposal.
    function approve(bytes32 proposal) external onlyOwner {
        _open(proposal);
        require(!hasApproved(proposal, msg.sender), AlreadyApproved(proposal, msg.sender));
        _approve(proposal);
    }

    /// @notice Takes the caller's approval of an open proposal back.
    function withdrawApproval(bytes32 proposal) external onlyOwner {
        _open(proposal);
        require(hasApproved(proposal, msg.sender), NotApproved(proposal, msg.sender));
        _approvals[proposal][msg.sender] = 0;
        emit ApprovalWithdrawn(proposal, msg.sender);
    }

    /// @notice Executes an open proposal that the quorum of now approves. Only approvals of present owners count.
    function execute(bytes32 proposal) external onlyOwner {
        Proposal storage open = _open(proposal);
        uint256 approvals = approvalsOf(proposal);
        require(approvals >= _quorum, QuorumNotReached(proposal, approvals, _quorum));
        open.executed = true;
        emit ProposalExecuted(proposal, msg.sender);
        _carryOut(open.kind, open.account, open.value);
    }

    function isOwner(address account) external view returns (bool) {
        return _terms[account] != 0;
    }

    function owners() external view returns (address[] memory) {
        return _owners;
    }

    /// @notice How many present owners must approve.
    function quorum() external view returns (uint8) {
        return _quorum;
    }

    function proposals(bytes32 proposal) external view returns (Proposal memory) {
        return _proposals[proposal];
    }

    /// @notice How many present owners approve `proposal`.
    function approvalsOf(bytes32 proposal) public view returns (uint256 count) {
        for (uint256 i = 0; i < _owners.length; i++) {
            if (hasApproved(proposal, _owners[i])) count++;
        }
    }

    /// @notice Whether `owner` approves `proposal`, as the present owner that it is.
    function hasApproved(bytes32 proposal, address owner) public view returns (bool) {
        uint64 term = _terms[owner];
        return term != 0 && _approvals[proposal][owner] == term;
    }

    /// @dev Carries out the kinds that concern participants.
    function _decide(Kind kind, address account, uint256 value) internal virtual;

    /// @dev Reverts unless `value` can be meant by a proposal of a kind that concerns participants and has one.
    function _requireDecidable(Kind kind, address account, uint256 value) internal view virtual;

    function _carryOut(Kind kind, address account, uint256 value) private {
        if (kind == Kind.ADD_OWNER) _addOwner(account);
        else if (kind == Kind.REMOVE_OWNER) _removeOwner(account);
        else if (kind == Kind.SET_QUORUM) _setQuorum(value);
        else _decide(kind, account, value);
    }

    /// @dev What depends on the state is checked when it is executed; here only that it says one thing.
    function _requireWellFormed(Kind kind, address account, uint256 value) private view {
        if (kind == Kind.SET_QUORUM) {
            require(account == address(0), UnusedArgument(kind, account, value));
            return;
        }
        require(account != address(0), ZeroAccount());
        if (kind == Kind.SET_ROLES || kind == Kind.MOVE_IDENTITY) _requireDecidable(kind, account, value);
        else require(value == 0, UnusedArgument(kind, account, value));
    }

    function _approve(bytes32 proposal) private {
        _approvals[proposal][msg.sender] = _terms[msg.sender];
        emit ProposalApproved(proposal, msg.sender);
    }

    function _open(bytes32 proposal) private view returns (Proposal storage open) {
        open = _proposals[proposal];
        require(open.expires != 0, UnknownProposal(proposal));
        require(!open.executed, ProposalAlreadyExecuted(proposal));
        require(block.timestamp <= open.expires, ProposalExpired(proposal, open.expires, block.timestamp));
    }

    function _addOwner(address owner) private {
        require(owner != address(0), ZeroAccount());
        require(_terms[owner] == 0, AlreadyOwner(owner));
        require(_owners.length < MAX_OWNERS, TooManyOwners(_owners.length + 1, MAX_OWNERS));
        _owners.push(owner);
        _terms[owner] = ++_lastTerm;
        emit OwnerAdded(owner);
    }

    /// @dev A quorum of all becomes the quorum of all that are left.
    function _removeOwner(address owner) private {
        require(_terms[owner] != 0, NotOwner(owner));
        uint256 last = _owners.length - 1;
        require(last > 0, LastOwner(owner));
        for (uint256 i = 0; i < last; i++) {
            if (_owners[i] == owner) {
                _owners[i] = _owners[last];
                break;
            }
        }
        _owners.pop();
        _terms[owner] = 0;
        emit OwnerRemoved(owner);
        if (_quorum > last) _setQuorum(last);
    }

    function _setQuorum(uint256 quorum_) private {
        require(quorum_ > 0 && quorum_ <= _owners.length, QuorumOutOfBounds(quorum_, _owners.length));
        _quorum = uint8(quorum_);
        emit QuorumChanged(uint8(quorum_));
    }
}
