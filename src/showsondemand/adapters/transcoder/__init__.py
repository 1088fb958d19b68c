"""From a film as it was uploaded to one CMAF set that HLS and DASH players share."""
