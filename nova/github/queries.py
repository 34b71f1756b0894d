"""The GraphQL that Nova speaks: what REST does not tell or do."""

from __future__ import annotations

ID, OLD_ID = "fullDatabaseId", "databaseId"
"""The number of a comment: the older field is an ``Int`` of 32 bits, which the numbers of today do not fit into.

A server of one's own may be too old for the first one; its numbers are small.
"""

CONVERSATION = """
query Conversation($owner: String!, $name: String!, $number: Int!, $comments: String, $threads: String) {
  viewer { login }
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      headRefOid
      comments(first: 100, after: $comments) {
        pageInfo { hasNextPage endCursor }
        nodes { fullDatabaseId body viewerDidAuthor author { __typename login } }
      }
      reviewThreads(first: 100, after: $threads) {
        pageInfo { hasNextPage endCursor }
        nodes {
          id path line startLine isResolved
          resolvedBy { login }
          comments(first: 100) {
            nodes { fullDatabaseId body createdAt lastEditedAt viewerDidAuthor author { __typename login } }
          }
        }
      }
    }
  }
}
"""
"""Everything that was said on a pull request, a hundred of each kind at a time."""

_SAID = """
fragment Said on PullRequestReviewComment {
  fullDatabaseId body createdAt lastEditedAt viewerDidAuthor author { __typename login }
  reactions(first: 20, content: THUMBS_DOWN) { nodes { databaseId content createdAt user { login } } }
}
"""

HEARD = (
    """
query Heard($owner: String!, $name: String!, $number: Int!, $comments: String, $threads: String) {
  viewer { login }
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      comments(first: 100, after: $comments) {
        pageInfo { hasNextPage endCursor }
        nodes { fullDatabaseId body createdAt lastEditedAt viewerDidAuthor author { __typename login } }
      }
      reviewThreads(first: 50, after: $threads) {
        pageInfo { hasNextPage endCursor }
        nodes {
          id path line isResolved
          resolvedBy { login }
          comments(first: 100) {
            pageInfo { hasNextPage endCursor }
            nodes { ...Said }
          }
        }
      }
    }
  }
}
"""
    + _SAID
)
"""Everything that was said, with times and reactions."""

REST_OF_A_THREAD = (
    """
query RestOfAThread($thread: ID!, $after: String) {
  node(id: $thread) {
    ... on PullRequestReviewThread {
      comments(first: 100, after: $after) { pageInfo { hasNextPage endCursor } nodes { ...Said } }
    }
  }
}
"""
    + _SAID
)
"""The comments of a thread that has more than a hundred."""

RESOLVE = """
mutation Resolve($thread: ID!) { resolveReviewThread(input: {threadId: $thread}) { thread { isResolved } } }
"""

REOPEN = """
mutation Reopen($thread: ID!) { unresolveReviewThread(input: {threadId: $thread}) { thread { isResolved } } }
"""
