"""Every morning, once: what is due is built and handed over, retried, and told.

`jobs` runs what is due, `building` builds in a process of its own, `redelivery` hands an edition over again, `loop`
waits; `alarms` and `troubles` say what went wrong, `status` how things stand, `service` writes what starts the loop.
"""
