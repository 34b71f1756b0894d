"""Steps of a deployment, one after the other."""

import asyncio


async def run_step(step, log):
    """Run one step and note it when it has ended."""
    result = await step()
    log.append(result)
    return result


async def deploy(steps, log):
    """Run the steps in their order; each starts when the one before it has ended."""
    results = []
    for step in steps:
        results.append(await run_step(step, log))
    return results


def deploy_now(steps):
    log = []
    return asyncio.run(deploy(steps, log)), log
