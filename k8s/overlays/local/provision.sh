#!/bin/bash
# provision wait: ends when local-cloud answers, which is when every queue, table and bucket is there.
# provision file BUCKET KEY FILE: then puts FILE into the bucket. The images have neither curl nor the AWS CLI.
set -euo pipefail
host=${AWS_ENDPOINT_URL#http://}
port=${host##*:}
host=${host%:*}

status() { # METHOD PATH [FILE]: the status of the answer
    local file=${3:-/dev/null} code
    exec 3<>"/dev/tcp/$host/$port" || return 1
    printf '%s %s HTTP/1.0\r\nHost: %s\r\nContent-Type: text/csv\r\nContent-Length: %s\r\n\r\n' \
        "$1" "$2" "$host:$port" "$(wc -c <"$file")" >&3
    cat "$file" >&3
    read -r -t 10 _ code _ <&3 || return 1
    exec 3>&-
    printf '%s' "$code"
}

for _ in $(seq 150); do
    code=$(status GET /_millrace/health 2>/dev/null) || code=none
    [ "$code" = 200 ] && break
    sleep 2
done
[ "$code" = 200 ] || { echo "provision: $AWS_ENDPOINT_URL does not answer ($code)" >&2; exit 1; }
[ "$1" = wait ] && exit
code=$(status PUT "/$2/$3" "$4")
[ "$code" = 200 ] || { echo "provision: $4 was not taken as s3://$2/$3 ($code)" >&2; exit 1; }
echo "provision: s3://$2/$3 is there"
