"""The GraphQL that Nova speaks: what REST does not tell or do."""

from __future__ import annotations

CONVERSATION = """
query Conversation($owner: String!, $name: String!, $number: Int!, $comments: String, $threads: String) {
  viewer { login }
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      headRefOid
      comments(first: 100, after: $comments) {
        pageInfo { hasNextPage endCursor }
        nodes { databaseId body viewerDidAuthor author { login } }
      }
      reviewThreads(first: 100, after: $threads) {
        pageInfo { hasNextPage endCursor }
        nodes {
          id path line startLine isResolved
          resolvedBy { login }
          comments(first: 100) {
            nodes { databaseId body viewerDidAuthor author { login } }
          }
        }
      }
    }
  }
}
"""
"""Everything that was said on a pull request, a hundred of each kind at a time."""

RESOLVE = """
mutation Resolve($thread: ID!) { resolveReviewThread(input: {threadId: $thread}) { thread { isResolved } } }
"""

REOPEN = """
mutation Reopen($thread: ID!) { unresolveReviewThread(input: {threadId: $thread}) { thread { isResolved } } }
"""
