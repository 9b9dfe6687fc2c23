#!/usr/bin/env bash
# git, plumbing: "cat-file --batch-check" in a partial clone from which nothing may be fetched.
#
# Version: git 2.39.5 (Debian 12). Needs git alone; nothing is installed.
#
# Expected, from "git help cat-file", section BATCH OUTPUT: "If a name is specified on stdin that cannot be resolved to
# an object in the repository, then cat-file will ignore any custom format and print: <object> SP missing LF", and go on
# with the next name.
#
# Observed: in a partial clone (--filter=blob:none) with GIT_NO_LAZY_FETCH=1, the first name of a content that the clone
# does not have ends the command with 128 ("could not fetch ... from promisor remote"). No "missing" is printed for it,
# and the names behind it are not answered, although their contents are here. In a full clone from which the same content
# was removed, "missing" is printed and the rest is answered. Whoever reads sizes before contents has to list what is
# here first: "cat-file --batch-all-objects".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export HOME=$folder GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null LC_ALL=C
export GIT_AUTHOR_NAME=n GIT_AUTHOR_EMAIL=e GIT_COMMITTER_NAME=n GIT_COMMITTER_EMAIL=e
git --version

git init -q "$folder/server"
cd "$folder/server"
git config uploadpack.allowFilter true
for text in first second; do
  echo "$text" >file
  git add file
  git commit -qm "$text"
done
absent=$(git rev-parse HEAD~1:file)
here=$(git rev-parse HEAD:file)

git clone -q --filter=blob:none "file://$folder/server" "$folder/partial"
git clone -q --no-hardlinks "$folder/server" "$folder/full"
rm -f "$folder/full/.git/objects/${absent:0:2}/${absent:2}"

ask() {
  echo "--- $1"
  code=0
  printf '%s\n' "$absent" "$here" |
    GIT_NO_LAZY_FETCH=1 git -C "$folder/$1" cat-file --batch-check >"$folder/$1.out" 2>"$folder/$1.err" || code=$?
  cat "$folder/$1.out" "$folder/$1.err"
  echo "exit code $code"
}

ask full
[ "$code" -eq 0 ] && [ "$(cat "$folder/full.out")" = "$absent missing
$here blob 7" ] || { echo "the full clone answers otherwise"; exit 1; }
ask partial
[ "$code" -eq 128 ] && [ ! -s "$folder/partial.out" ] || { echo "behaviour changed: the partial clone answers"; exit 1; }
echo "--- what the partial clone has"
git -C "$folder/partial" cat-file --batch-all-objects --batch-check | grep "$here"
