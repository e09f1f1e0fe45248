-- Sends the applications of make.py in turn.
local bodies = {}
for line in io.lines(os.getenv("COMPARISON") .. "/bodies.jsonl") do bodies[#bodies + 1] = line end
local headers = { ["Content-Type"] = "application/json" }
local turn = 0
request = function()
  turn = turn % #bodies + 1
  return wrk.format("POST", "/v1/decisions", headers, bodies[turn])
end
-- Paced: each connection waits before its next request, so that a part of the rate is asked for.
local pause = tonumber(os.getenv("PAUSE_MS") or "0")
if pause > 0 then delay = function() return pause end end
done = function(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("%d %.3f %.3f %d\n", summary.requests / (summary.duration / 1e6), latency:percentile(50) / 1e3,
    latency:percentile(99) / 1e3, errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
