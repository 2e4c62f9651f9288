#!/bin/bash
# Run `vaultkit check` as the inputs of the action say: annotations on the screen, a table in the step's summary.
set -euo pipefail
since="${WANTED:-}"
if [ -z "$since" ] && [ -n "${BASE:-}" ]; then
    since="origin/$BASE"
    # The history between the base and the branch is needed to find where the branch began.
    git -C "$VAULT" fetch --quiet --no-tags origin "+refs/heads/$BASE:refs/remotes/origin/$BASE"
    if [ "$(git -C "$VAULT" rev-parse --is-shallow-repository)" = true ]; then
        git -C "$VAULT" fetch --quiet --unshallow origin
    fi
fi
words=(--vault "$VAULT" --output-format github)
if [ -n "$since" ] && [ "$since" != all ]; then words+=(--new-since "$since"); fi
if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then words+=(-o "markdown:$GITHUB_STEP_SUMMARY"); fi
if [ -n "${SARIF:-}" ]; then words+=(-o "sarif:$SARIF"); fi
read -r -a further <<<"${ARGUMENTS:-}"
exec vaultkit check "${words[@]}" "${further[@]}"
